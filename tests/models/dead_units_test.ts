import * as tf from "@tensorflow/tfjs";
import { ok, rejects, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { cnn } from "ser/models/cnn.ts";
import { deadUnits } from "ser/models/dead_units.ts";
import { sdnn } from "ser/models/sdnn.ts";

await loadBackend();

Deno.test("deadUnits() finds the channels that batch normalisation pushes below zero", async () => {
  const model = cnn({ frames: 30, coefficients: 3, classes: 2, seed: 1 });
  const before = tf.memory().numTensors;
  const x = tf.randomNormal([70, 30, 3], 0, 1, "float32", 3) as tf.Tensor3D;
  const beta = model.getLayer("batch_norm_2").weights.find((w) => w.originalName.endsWith("beta"))!;
  const pushed = tf.tensor1d(Array.from({ length: 64 }, (_, i) => i < 5 ? -1e6 : 0));
  beta.write(pushed);
  const layers = await deadUnits(model, x);
  tf.dispose([x, pushed]);
  strictEqual(tf.memory().numTensors, before);
  strictEqual(layers.map(({ name }) => name).join(), "relu_1,relu_2,relu_3,relu_4,relu_5");
  strictEqual(layers.map(({ channels }) => channels).join(), "64,64,32,32,16");
  strictEqual(layers[0].dead, 0);
  strictEqual(layers[1].dead, 5);
  ok(layers.every(({ zeros }) => zeros > 0 && zeros < 1));
});

Deno.test("deadUnits() counts zeros as a slow count does", async () => {
  const model = cnn({ frames: 26, coefficients: 2, classes: 2, seed: 2 });
  const x = tf.randomNormal([3, 26, 2], 0, 1, "float32", 4) as tf.Tensor3D;
  const part = tf.model({ inputs: model.inputs, outputs: model.getLayer("relu_4").output });
  const values = (part.predict(x) as tf.Tensor).dataSync();
  const zeros = values.filter((value) => value === 0).length / values.length;
  ok(Math.abs((await deadUnits(model, x))[3].zeros - zeros) < 1e-12);
});

Deno.test("deadUnits() refuses a model without ReLU layers", async () => {
  const model = sdnn({ coefficients: 2, classes: 2, seed: 0 });
  await rejects(deadUnits(model, tf.zeros([1, 2, 1])), {
    name: "TypeError",
    message:
      'Cannot count dead units: expected a model with ReLU layers, received "sdnn" without one',
  });
});
