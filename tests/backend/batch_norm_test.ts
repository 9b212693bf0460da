import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { normalizeBatch } from "ser/backend/batch_norm.ts";
import { loadBackend } from "ser/backend/load.ts";
import { RandomState } from "ser/support/random.ts";
import { draw } from "../fixtures/keras/read.ts";
import { assertClose } from "./close.ts";

// Where there are kernels of our own these test them, elsewhere the written-out formula
await loadBackend();

/** The definition, differentiated by tfjs. */
function plain(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, x.shape.slice(0, -1).map((_, i) => i));
  return x.sub(mean).div(variance.add(1e-3).sqrt()).mul(gamma).add(beta);
}

const normalize = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
  normalizeBatch(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3, () => {});

for (const shape of [[4, 3], [3, 11, 3], [2, 5, 7, 3], [1, 3]]) {
  Deno.test(`normalizeBatch() of [${shape}] equals the definition, with its gradients`, () =>
    void tf.tidy(() => {
      const random = new RandomState(2);
      const inputs = [shape, [3], [3]].map((s) => draw(random, s, (u) => 4 * u - 1));
      const dy = draw(random, shape, (u) => 2 * u - 1);
      const [y, expected] = [normalize, plain].map((f) => f(inputs[0], inputs[1], inputs[2]));
      assertClose(y, expected);
      const fast = tf.grads(normalize)(inputs, dy), slow = tf.grads(plain)(inputs, dy);
      fast.forEach((gradient, i) => assertClose(gradient, slow[i]));
    }));
}

Deno.test("normalizeBatch() tells mean and biased variance once, and leaks nothing", () => {
  const x = tf.tensor3d([[[1, 10], [3, 10]], [[8, 10], [4, 10]]]);
  const gamma = tf.tensor1d([1, 1]), beta = tf.tensor1d([0, 0]);
  const before = tf.memory().numTensors;
  const seen: number[][] = [];
  const gradient = tf.grad((x) =>
    normalizeBatch(x, gamma, beta, 1e-3, (mean, variance) => {
      seen.push([...mean.dataSync(), ...variance.dataSync()]);
    }).sum()
  )(x);
  gradient.dispose();
  strictEqual(tf.memory().numTensors, before);
  deepStrictEqual(seen.map((row) => row.map((v) => +v.toFixed(5))), [[4, 10, 6.5, 0]]);
  tf.dispose([x, gamma, beta]);
});
