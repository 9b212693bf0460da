/** Units that ReLU has silenced for good: "dying ReLU" counted. @module */
import * as tf from "@tensorflow/tfjs";

/** One ReLU layer. */
export interface DeadUnits {
  name: string;
  channels: number;
  /** Channels that are zero for all examples at all positions. */
  dead: number;
  /** Share of all values that are zero, in [0, 1]. */
  zeros: number;
}

/**
 * Counts the dead channels of each ReLU layer, in inference mode.
 * @param model A model with ReLU layers, for example from `cnn`.
 * @param x Examples, `[n, frames, coefficients]`; taken 64 at a time.
 * @returns One entry per ReLU layer, first layer first.
 * @throws {TypeError} If the model has no ReLU layer.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { deadUnits } from "ser/models/dead_units.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = tf.sequential({ layers: [tf.layers.reLU({ name: "relu", inputShape: [1, 2] })] });
 * const x = tf.tensor3d([[[1, -1]], [[-1, -2]]]); // the second channel is never positive
 * deepStrictEqual(await deadUnits(model, x), [{ name: "relu", channels: 2, dead: 1, zeros: 0.75 }]);
 * ```
 */
export async function deadUnits(model: tf.LayersModel, x: tf.Tensor3D): Promise<DeadUnits[]> {
  const layers = model.layers.filter((layer) => layer.getClassName() === "ReLU");
  if (layers.length === 0) {
    throw new TypeError(
      `Cannot count dead units: expected a model with ReLU layers, received "${model.name}" without one`,
    );
  }
  const outputs = layers.map((layer) => layer.output as tf.SymbolicTensor);
  const part = tf.model({ inputs: model.inputs, outputs });
  const counts = outputs.map(({ shape }) => new Float64Array(shape.at(-1)!)); // positive values
  const values = outputs.map(({ shape }) => x.shape[0] * shape[1]! * shape[2]!);
  for (let start = 0; start < x.shape[0]; start += 64) {
    const size = Math.min(64, x.shape[0] - start);
    const positive = tf.tidy(() =>
      [part.apply(x.slice(start, size))].flat().map((y) => (y as tf.Tensor).greater(0).sum([0, 1]))
    );
    for (const [i, sums] of positive.entries()) {
      (await sums.data()).forEach((sum, channel) => counts[i][channel] += sum);
    }
    tf.dispose(positive);
  }
  return layers.map(({ name }, i) => ({
    name,
    channels: counts[i].length,
    dead: counts[i].filter((count) => count === 0).length,
    zeros: 1 - counts[i].reduce((sum, count) => sum + count, 0) / values[i],
  }));
}
