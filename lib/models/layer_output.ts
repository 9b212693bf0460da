/** What a layer inside a network puts out for one utterance. @module */
import * as tf from "@tensorflow/tfjs";

/**
 * Sends one example through a network as far as a layer.
 * @param model For example from `sdnn` or `cnn`.
 * @param layer Name of a layer whose output is a matrix per example.
 * @param example Input, `[rows][columns]`, for example 40 coefficients of 1 value, or frames of 40.
 * @param options `training`: with dropout, and batch normalization by this example's own mean and
 *   variance, which also move its running ones. @default {false}
 * @returns Output of that layer, `[rows][columns]`.
 * @throws {ValueError} If the model has no such layer (TensorFlow.js's own error).
 * @throws {TypeError} If the layer's output is no matrix, as behind `flatten`.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { layerOutput } from "ser/models/layer_output.ts";
 * import { sdnn } from "ser/models/sdnn.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = sdnn({ coefficients: 2, classes: 8, seed: 0 });
 * const output = layerOutput(model, "dense_1", [[0], [0]]);
 * deepStrictEqual(output.map((row) => row.length), [128, 128]);
 * model.dispose();
 * ```
 */
export function layerOutput(
  model: tf.LayersModel,
  layer: string,
  example: readonly (readonly number[])[],
  options: { training?: boolean } = {},
): number[][] {
  const { training = false } = options;
  const output = model.getLayer(layer).output as tf.SymbolicTensor;
  if (output.shape.length !== 3) {
    throw new TypeError(
      `Cannot read layer "${layer}": expected an output [batch, rows, columns], received [${
        output.shape.map((size) => size ?? "batch").join(", ")
      }]`,
    );
  }
  const part = tf.model({ inputs: model.inputs, outputs: output });
  return tf.tidy(() => {
    const batch = tf.tensor3d([example] as number[][][]);
    return (part.apply(batch, { training }) as tf.Tensor3D).arraySync()[0];
  });
}
