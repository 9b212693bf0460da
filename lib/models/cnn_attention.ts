/** CNN-ATN, the paper's best model: convolutions, attention, softmax (section 3.6). @module */
import * as tf from "@tensorflow/tfjs";
import type { AttentionScore } from "../layers/attention.ts";
import { type ConvolutionOptions, convolutions, receptiveField } from "./convolutions.ts";
import { attended, checkSize, emotionSoftmax, type FramesOptions } from "./parts.ts";
import { checkOptions } from "../support/options.ts";

/** Sizes and switches; the defaults are the paper's. */
export interface CnnAttentionOptions
  extends FramesOptions, Pick<ConvolutionOptions, "kernelSizes"> {
  /** Attention score. @default {"general"} */
  score?: AttentionScore;
  /** Dropout follows the first so many convolutions, 0 to 5. @default {3} */
  dropoutLayers?: number;
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
  const vector = attended(features, mfcc, { seed, score, masking, receptiveField: field });
  const emotion = emotionSoftmax(vector, classes, seed);
  return tf.model({ name: "cnn_attention", inputs: mfcc, outputs: emotion });
}
