/** CNN, the paper's convolutional network: convolutions, flatten, softmax (section 3.5). @module */
import * as tf from "@tensorflow/tfjs";
import { type ConvolutionOptions, convolutions, receptiveField } from "./convolutions.ts";
import { checkSize, emotionSoftmax, type FramesOptions } from "./parts.ts";
import { checkOptions } from "../support/options.ts";

/** Sizes and switches; the defaults are the paper's, those of its ablations are one option away. */
export interface CnnOptions
  extends FramesOptions, Pick<ConvolutionOptions, "kernelSizes" | "padding" | "activation"> {
  /** Dropout follows the first so many convolutions, 0 to 5. @default {4} */
  dropoutLayers?: number;
}

/**
 * Builds CNN: MFCCs `[batch, frames, 40]` in, probabilities `[batch, classes]` out. All positions of
 * the last convolution, 204 x 16 numbers for RAVDESS, go to the softmax as one vector.
 * @returns A model with 95,768 weights for RAVDESS and 101,463 for SAVEE, untrained.
 * @throws {RangeError} If an option is out of range.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { cnn } from "ser/models/cnn.ts";
 * import { strictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = cnn({ frames: 228, classes: 8, seed: 0 });
 * strictEqual(model.countParams(), 95768);
 * model.dispose();
 * ```
 */
export function cnn(options: CnnOptions): tf.LayersModel {
  const names =
    "frames classes coefficients seed kernelSizes padding activation dropoutLayers dropout";
  checkOptions("build CNN", options, names);
  const { frames, classes, coefficients, ...rest } = {
    coefficients: 40,
    dropoutLayers: 4,
    dropout: 0.5,
    ...options,
  };
  checkSize("CNN", "frames", frames, receptiveField(rest.kernelSizes ?? "shapes"));
  checkSize("CNN", "classes", classes, 2);

  const mfcc = tf.input({ shape: [frames, coefficients], name: "mfcc" });
  const features = convolutions(mfcc, rest);
  const vector = tf.layers.flatten({ name: "flatten" }).apply(features) as tf.SymbolicTensor;
  const emotion = emotionSoftmax(vector, classes, rest.seed);
  return tf.model({ name: "cnn", inputs: mfcc, outputs: emotion });
}
