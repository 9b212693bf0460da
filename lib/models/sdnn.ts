/** SDNN, the paper's simple deep neural network on time-averaged MFCCs (section 3.2). @module */
import * as tf from "@tensorflow/tfjs";
import { SeededDropout } from "../layers/dropout.ts";
import { deriveSeed } from "../support/random.ts";
import { checkSize, emotionSoftmax, type NetworkOptions } from "./parts.ts";
import { checkOptions } from "../support/options.ts";

/**
 * Builds SDNN: averaged MFCCs `[batch, 40, 1]` in, probabilities `[batch, classes]` out. The paper's
 * shapes, (40, 1) to (40, 128) to (40, 64), mean that each coefficient goes through the two dense
 * layers on its own, all with the same weights; only the softmax sees them together.
 * Dropout follows both hidden layers.
 * @returns A model with 29,000 weights for 8 classes and 26,439 for 7, untrained.
 * @throws {RangeError} If an option is out of range.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { sdnn } from "ser/models/sdnn.ts";
 * import { strictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = sdnn({ classes: 8, seed: 0 });
 * strictEqual(model.countParams(), 29000);
 * model.dispose();
 * ```
 */
export function sdnn(options: NetworkOptions): tf.LayersModel {
  checkOptions("build SDNN", options, "coefficients classes seed dropout");
  const { coefficients, classes, seed, dropout } = { coefficients: 40, dropout: 0.1, ...options };
  checkSize("SDNN", "coefficients", coefficients, 1);
  checkSize("SDNN", "classes", classes, 2);

  const mean = tf.input({ shape: [coefficients, 1], name: "mean_mfcc" });
  const layers = [128, 64].flatMap((units, i) => [
    tf.layers.dense({
      name: `dense_${i + 1}`,
      units,
      activation: "relu",
      kernelInitializer: tf.initializers.glorotUniform({ seed: deriveSeed(seed, "dense", i + 1) }),
    }),
    new SeededDropout({
      name: `dropout_${i + 1}`,
      rate: dropout,
      seed: deriveSeed(seed, "dropout", i + 1),
    }),
  ]);
  const x = [...layers, tf.layers.flatten({ name: "flatten" })]
    .reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, mean);
  return tf.model({ name: "sdnn", inputs: mean, outputs: emotionSoftmax(x, classes, seed) });
}
