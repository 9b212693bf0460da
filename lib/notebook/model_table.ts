/** A model layer by layer, as a table. @module */
import type * as tf from "@tensorflow/tfjs";
import { type Output, table } from "./output.ts";

/**
 * Layers of a model with the shape that each puts out and the weights that it holds.
 * @param model Any model.
 * @returns A table; the last row is the sum.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { modelTable } from "ser/notebook/model_table.ts";
 * import { match } from "node:assert/strict";
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
 * match(String(modelTable(model).bundle["text/plain"]), /batch × 2 +8/); // 3 x 2 weights and 2 biases
 * ```
 */
export function modelTable(model: tf.LayersModel): Output {
  const rows = model.layers.map((layer) => ({
    layer: layer.name,
    kind: layer.getClassName(),
    output: shapeInWords(layer.outputShape as tf.Shape),
    weights: layer.countParams().toLocaleString("en"),
  }));
  const sum = model.countParams().toLocaleString("en");
  return table([...rows, { layer: "in all", kind: "", output: "", weights: sum }]);
}

const shapeInWords = (shape: tf.Shape): string => shape.map((size) => size ?? "batch").join(" × ");
