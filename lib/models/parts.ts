/** What several of the paper's networks have in common. @module */
import * as tf from "@tensorflow/tfjs";
import { Attention, type AttentionScore } from "../layers/attention.ts";
import { SeededDropout } from "../layers/dropout.ts";
import { PaddingMask } from "../layers/padding_mask.ts";
import { deriveSeed } from "../support/random.ts";

/** What each network is built by. */
export interface NetworkOptions {
  /** Emotions: 8 for RAVDESS, 7 for SAVEE. */
  classes: number;
  /** MFCCs in a frame. @default {40} */
  coefficients?: number;
  /** Integer in [0, 2^31): initial weights and dropout masks follow from it. */
  seed: number;
  /** Dropout rate, in [0, 1). @default {0.5; of SDNN 0.1} */
  dropout?: number;
}

/** What a network that reads frames is built by. */
export interface FramesOptions extends NetworkOptions {
  /** Of an utterance, padding included: 228 for RAVDESS, 308 for SAVEE; at least what a position sees. */
  frames: number;
}

/**
 * The last layer of each network, called `emotion`: `softmax(x W + b)`, W Glorot uniform, b zero, from
 * `[batch, features]` to probabilities `[batch, classes]`.
 */
export function emotionSoftmax(
  x: tf.SymbolicTensor,
  classes: number,
  seed: number,
): tf.SymbolicTensor {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: deriveSeed(seed, "emotion") });
  const activation = "softmax";
  const layer = tf.layers.dense({ name: "emotion", units: classes, activation, kernelInitializer });
  return layer.apply(x) as tf.SymbolicTensor;
}

/** Which positions of a sequence see speech (1), and which padding alone (0), `[batch, positions]`. */
export function paddingMask(mfcc: tf.SymbolicTensor, receptiveField: number): tf.SymbolicTensor {
  const layer = new PaddingMask({ name: "padding_mask", receptiveField });
  return layer.apply(mfcc) as tf.SymbolicTensor;
}

/**
 * Attention over a sequence `[batch, positions, features]`, 128 units where the score has any. With
 * `masking`, positions that see nothing but padding in `mfcc`, the model's input, get none.
 */
export function attended(
  sequence: tf.SymbolicTensor,
  mfcc: tf.SymbolicTensor,
  options: { seed: number; score: AttentionScore; masking: boolean; receptiveField: number },
): tf.SymbolicTensor {
  const { score, masking, receptiveField } = options, seed = deriveSeed(options.seed, "attention");
  const layer = new Attention({ name: "attention", units: 128, score, masking, seed });
  return layer.apply(
    masking ? [sequence, paddingMask(mfcc, receptiveField)] : sequence,
  ) as tf.SymbolicTensor;
}

/** Dropout before the softmax of a recurrent network. */
export function lastDropout(x: tf.SymbolicTensor, rate: number, seed: number): tf.SymbolicTensor {
  const layer = new SeededDropout({ name: "dropout", rate, seed: deriveSeed(seed, "dropout") });
  return layer.apply(x) as tf.SymbolicTensor;
}

/** Refuses a size of a network that is no integer `>= least`. */
export function checkSize(model: string, name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`Cannot build ${model}: expected ${name} >= ${least}, received ${value}`);
}
