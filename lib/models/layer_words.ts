/** The layers of the paper's models in words, and how far each looks. @module */
import type * as tf from "@tensorflow/tfjs";

/**
 * Frames of the input that one position depends on: so many; `past`, its own and all before it; `all`;
 * or `mean`, where the input has no frames but their average.
 */
export type Sight = number | "past" | "all" | "mean";

/** One layer. */
export interface LayerDescription {
  /** For example `convolution, kernel 9`. */
  words: string;
  /** Whether it belongs to the layer before: it changes values, not what they stand for. */
  follows: boolean;
  /** What its positions see, from what those before it see. */
  sight: (before: Sight) => Sight;
}

type Describe = (config: Record<string, unknown>, layer: tf.layers.Layer) => LayerDescription;

const same = (before: Sight): Sight => before;
/** Of an average there is nothing to see but the average. */
const widened = (sight: (before: Sight) => Sight) => (before: Sight): Sight =>
  before === "mean" ? "mean" : sight(before);

const own = (words: string, sight = same): LayerDescription => ({ words, follows: false, sight });
const following = (words: string): LayerDescription => ({ words, follows: true, sight: same });

const LAYERS: Readonly<Record<string, Describe>> = {
  InputLayer: (_, { name }) =>
    name === "mfcc" ? own("MFCCs") : own("MFCCs, averaged over time", () => "mean"),
  Conv1D: ({ kernelSize }) =>
    own(
      `convolution, kernel ${kernelSize}`,
      widened((before) => typeof before === "number" ? before + Number(kernelSize) - 1 : before),
    ),
  LSTM: ({ returnSequences }) =>
    returnSequences
      ? own("LSTM, all states", widened(() => "past"))
      : own("LSTM, last state", widened(() => "all")),
  Attention: () => own("attention", widened(() => "all")),
  Flatten: () => own("flatten: one long vector", widened(() => "all")),
  Dense: ({ activation }, { outputShape }) => {
    if (activation === "softmax") return own("softmax", widened(() => "all"));
    const each = outputShape.length === 3 ? "dense on each" : "dense";
    return own(`${each}, ${activation === "relu" ? "ReLU" : activation}`);
  },
  BatchNormalization: () => following("batch norm"),
  ReLU: () => following("ReLU"),
  LeakyReLU: () => following("LeakyReLU"),
  SeededDropout: ({ rate }) => following(`dropout ${rate}`),
  PaddingMask: () => following("padding masked"),
};

/** Describes a layer by its kind and settings; a `TypeError` if no model of the paper has such a layer. */
export function describeLayer(layer: tf.layers.Layer): LayerDescription {
  const describe = LAYERS[layer.getClassName()];
  if (describe) return describe(layer.getConfig(), layer);
  throw new TypeError(
    `Cannot describe the layer "${layer.name}": expected one of ${
      Object.keys(LAYERS).join(", ")
    }, received ${layer.getClassName()}`,
  );
}
