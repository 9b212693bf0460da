import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { cnn } from "ser/models/cnn.ts";
import { layerOutput } from "ser/models/layer_output.ts";
import { sdnn } from "ser/models/sdnn.ts";
import { RandomState } from "ser/support/random.ts";

await loadBackend();

const noise = (rows: number, columns: number) => {
  const random = new RandomState(1);
  const value = () => 20 * random.uniform() - 10;
  return Array.from({ length: rows }, () => Array.from({ length: columns }, value));
};

Deno.test("layerOutput() of SDNN's first layer is ReLU(w c + b), computed number by number", () => {
  const model = sdnn({ coefficients: 3, classes: 2, seed: 0 });
  const [w, b] = model.getLayer("dense_1").getWeights();
  const [weights] = w.arraySync() as number[][], biases = b.arraySync() as number[];
  const example = noise(3, 1);
  const output = layerOutput(model, "dense_1", example);
  example.forEach(([c], row) =>
    weights.forEach((weight, unit) => {
      const expected = Math.max(0, weight * c + biases[unit]);
      ok(Math.abs(output[row][unit] - expected) < 1e-6); // float32, one product
    })
  );
  model.dispose();
});

Deno.test("layerOutput() has dropout and the example's own moments in training mode only", () => {
  const model = cnn({ frames: 60, classes: 2, seed: 0 });
  const example = noise(60, 40);
  const options = { training: true };
  const convolved = layerOutput(model, "conv_1", example);
  const normal = layerOutput(model, "batch_norm_1", example, options).map((row) => row[0]);
  const mean = normal.reduce((sum, x) => sum + x, 0) / 52;
  ok(Math.abs(mean) < 1e-5, `mean ${mean}`); // float32, 52 terms of order 1
  const values = convolved.map((row) => row[0]);
  const centre = values.reduce((sum, x) => sum + x, 0) / 52;
  const variance = values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / 52;
  normal.forEach((x, t) =>
    ok(Math.abs(x - (values[t] - centre) / Math.sqrt(variance + 1e-3)) < 1e-4) // float32
  );
  const relu = layerOutput(model, "relu_1", example, options).flat();
  const dropped = layerOutput(model, "dropout_1", example, options).flat();
  ok(dropped.every((x, i) => x === 0 || Math.abs(x - 2 * relu[i]) < 1e-4));
  const kept = dropped.filter((x) => x > 0).length / relu.filter((x) => x > 0).length;
  ok(Math.abs(kept - 0.5) < 0.05, `kept ${kept}`); // about 1,600 values: standard error 0.0125
  deepStrictEqual(
    layerOutput(model, "dropout_1", example),
    layerOutput(model, "relu_1", example), // no dropout in inference mode
  );
  model.dispose();
});

Deno.test("layerOutput() leaks nothing and names a layer that has no matrix", () => {
  const model = sdnn({ coefficients: 3, classes: 2, seed: 0 });
  layerOutput(model, "dense_2", noise(3, 1));
  const before = tf.memory().numTensors;
  layerOutput(model, "dense_2", noise(3, 1));
  strictEqual(tf.memory().numTensors, before);
  throws(() => layerOutput(model, "flatten", noise(3, 1)), {
    name: "TypeError",
    message:
      'Cannot read layer "flatten": expected an output [batch, rows, columns], received [batch, 192]',
  });
  throws(() => layerOutput(model, "dense_9", noise(3, 1)), /dense_9/);
  model.dispose();
});
