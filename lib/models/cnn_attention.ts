/** CNN-ATN, the paper's best model: convolutions, attention, softmax (section 3.6). @module */
import * as tf from "@tensorflow/tfjs";
import { Attention, type AttentionScore } from "../layers/attention.ts";
import { deriveSeed } from "../support/random.ts";
import { convolutions, type KernelSizes, receptiveField } from "./convolutions.ts";
import { checkSize, emotionSoftmax, paddingMask } from "./parts.ts";
import { checkOptions } from "../support/options.ts";

/** Sizes and switches; the defaults are the paper's. */
export interface CnnAttentionOptions {
  /** Frames of an utterance, padding included, `>= 25`, or `>= 33`: 228 for RAVDESS, 308 for SAVEE. */
  frames: number;
  /** Emotions: 8 for RAVDESS, 7 for SAVEE. */
  classes: number;
  /** MFCCs in a frame. @default {40} */
  coefficients?: number;
  /** Integer in [0, 2^31): initial weights and dropout masks follow from it. */
  seed: number;
  /** The kernels that give the paper's shapes, or those that its text names. @default {"shapes"} */
  kernelSizes?: KernelSizes;
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
  const names = "frames classes coefficients seed kernelSizes score dropoutLayers dropout masking";
  checkOptions("build CNN-ATN", options, names);
  const { frames, classes, coefficients, seed, score, masking, ...rest } = {
    coefficients: 40,
    kernelSizes: "shapes" as const,
    score: "general" as const,
    dropoutLayers: 3,
    dropout: 0.5,
    masking: false,
    ...options,
  };
  const field = receptiveField(rest.kernelSizes);
  checkSize("CNN-ATN", "frames", frames, field);
  checkSize("CNN-ATN", "classes", classes, 2);

  const mfcc = tf.input({ shape: [frames, coefficients], name: "mfcc" });
  const features = convolutions(mfcc, { seed, ...rest });
  const attention = new Attention({
    name: "attention",
    units: 128,
    score,
    masking,
    seed: deriveSeed(seed, "attention"),
  });
  const vector = attention.apply(
    masking ? [features, paddingMask(mfcc, field)] : features,
  ) as tf.SymbolicTensor;
  const emotion = emotionSoftmax(vector, classes, seed);
  return tf.model({ name: "cnn_attention", inputs: mfcc, outputs: emotion });
}
