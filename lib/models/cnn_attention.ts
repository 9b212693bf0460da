/** CNN-ATN, the paper's best model: convolutions, attention, softmax (section 3.6). @module */
import * as tf from "@tensorflow/tfjs";
import { Attention, type AttentionScore } from "../layers/attention.ts";
import { PaddingMask } from "../layers/padding_mask.ts";
import { deriveSeed } from "../support/random.ts";
import { convolutions, RECEPTIVE_FIELD } from "./convolutions.ts";

/** Sizes and switches; the defaults are the paper's. */
export interface CnnAttentionOptions {
  /** Frames of an utterance, padding included, `>= 25`: 228 for RAVDESS, 308 for SAVEE. */
  frames: number;
  /** Emotions: 8 for RAVDESS, 7 for SAVEE. */
  classes: number;
  /** MFCCs in a frame. @default {40} */
  coefficients?: number;
  /** Integer in [0, 2^31): initial weights and dropout masks follow from it. */
  seed: number;
  /** Attention score. @default {"general"} */
  score?: AttentionScore;
  /** Dropout follows the first so many convolutions, 0 to 5. @default {3} */
  dropoutLayers?: number;
  /** Dropout rate, in [0, 1). @default {0.5} */
  dropout?: number;
  /** Give positions that see nothing but padding (all-zero frames) no attention. @default {false} */
  masking?: boolean;
}

/**
 * Builds CNN-ATN: MFCCs `[batch, frames, 40]` in, probabilities `[batch, classes]` out.
 * @param options Sizes and seed.
 * @returns A model with 75,032 weights for 8 classes and 74,903 for 7, untrained.
 * @throws {RangeError} If an option is out of range.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { cnnAttention } from "ser/models/cnn_attention.ts";
 * import { strictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = cnnAttention({ frames: 228, classes: 8, seed: 0 });
 * strictEqual(model.countParams(), 75032);
 * model.dispose();
 * ```
 */
export function cnnAttention(options: CnnAttentionOptions): tf.LayersModel {
  const { frames, classes, coefficients, seed, score, dropoutLayers, dropout, masking } = {
    coefficients: 40,
    score: "general" as const,
    dropoutLayers: 3,
    dropout: 0.5,
    masking: false,
    ...options,
  };
  checkSize("frames", frames, RECEPTIVE_FIELD);
  checkSize("classes", classes, 2);

  const mfcc = tf.input({ shape: [frames, coefficients], name: "mfcc" });
  const features = convolutions(mfcc, { seed, dropoutLayers, dropout });
  const attention = new Attention({
    name: "attention",
    units: 128,
    score,
    masking,
    seed: deriveSeed(seed, "attention"),
  });
  const vector = attention.apply(
    masking ? [features, paddingMask(mfcc)] : features,
  ) as tf.SymbolicTensor;
  const emotion = tf.layers.dense({
    name: "emotion",
    units: classes,
    activation: "softmax",
    kernelInitializer: tf.initializers.glorotUniform({ seed: deriveSeed(seed, "emotion") }),
  }).apply(vector) as tf.SymbolicTensor;
  return tf.model({ name: "cnn_attention", inputs: mfcc, outputs: emotion });
}

/**
 * Where a model with one {@linkcode Attention} layer looks. For CNN-ATN, weight t belongs to the
 * input frames t to t + 24, see `coveredFrames`.
 * @param model For example from {@linkcode cnnAttention}.
 * @param x Input of the model, shape `[batch, frames, coefficients]`.
 * @returns Attention weights, shape `[batch, positions]`; each row sums to 1. Dispose it.
 * @throws {TypeError} If the model has no attention layer.
 */
export function attentionWeights(model: tf.LayersModel, x: tf.Tensor3D): tf.Tensor2D {
  const layer = model.layers.find((layer) => layer instanceof Attention);
  if (!layer) {
    throw new TypeError(
      `Cannot read attention weights: expected a model with an Attention layer, received "${model.name}" without one`,
    );
  }
  const before = tf.model({ inputs: model.inputs, outputs: layer.input });
  return tf.tidy(() => {
    const [frames, mask] = [before.predict(x)].flat() as tf.Tensor[];
    return layer.attend(frames as tf.Tensor3D, mask).alpha;
  });
}

/** 1 for the positions of the last convolution that see speech, 0 for those that see padding alone. */
function paddingMask(mfcc: tf.SymbolicTensor): tf.SymbolicTensor {
  const layer = new PaddingMask({ name: "padding_mask", receptiveField: RECEPTIVE_FIELD });
  return layer.apply(mfcc) as tf.SymbolicTensor;
}

function checkSize(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`Cannot build CNN-ATN: expected ${name} >= ${least}, received ${value}`);
}
