import * as tf from "@tensorflow/tfjs";
import { ok, strictEqual } from "node:assert/strict";
import { activate, type Activation } from "ser/backend/activate.ts";
import { normalizeBatch } from "ser/backend/batch_norm.ts";
import { loadBackend } from "ser/backend/load.ts";
import { statelessMask } from "ser/backend/random.ts";
import { RandomState } from "ser/support/random.ts";
import { draw } from "../fixtures/keras/read.ts";
import { assertClose } from "./close.ts";

await loadBackend();

const ACTIVATIONS: Activation[] = [
  { slope: 0, keep: 0.5, seed: 12, step: 3 }, // by bytes
  { slope: 0.01, keep: 0.9, seed: 2 ** 31 - 1, step: 2 ** 31 - 1 }, // by words
  { slope: 1, keep: 0.75, seed: 0, step: 0 },
  { slope: 0, keep: 1, seed: 5, step: 7 },
];

/** Activation and dropout by tfjs and by TensorFlow's stateless generator. */
function plain(x: tf.Tensor, { slope, keep, seed, step }: Activation): tf.Tensor {
  const active = x.relu().sub(x.neg().relu().mul(slope));
  return keep === 1 ? active : active.mul(statelessMask(x.shape, keep, seed, step)).div(keep);
}

for (const activation of ACTIVATIONS) {
  const { slope, keep } = activation;
  // one value, less than a vector, and more than a thread takes at once, with a rest
  for (const shape of [[1], [3, 5], [5, 1701, 4]]) {
    Deno.test(`activate() with slope ${slope}, keep ${keep} on [${shape}] equals its parts, with the gradient`, () =>
      void tf.tidy(() => {
        const random = new RandomState(1);
        const x = draw(random, shape, (u) => 2 * u - 1), dy = draw(random, shape, (u) => u);
        const fast = (x: tf.Tensor) => activate(x, activation);
        const slow = (x: tf.Tensor) => plain(x, activation);
        assertClose(fast(x), slow(x));
        assertClose(tf.grad(fast)(x, dy), tf.grad(slow)(x, dy), "gradient");
      }));
  }

  for (const shape of [[3, 4], [4, 7, 3], [2, 300, 64], [1, 3]]) {
    Deno.test(
      `normalizeBatch() with slope ${slope}, keep ${keep} on [${shape}] equals its parts, with gradients`,
      () =>
        void tf.tidy(() => {
          const random = new RandomState(2), channels = shape.at(-1)!;
          const inputs = [shape, [channels], [channels]].map((s) =>
            draw(random, s, (u) => 4 * u - 1)
          );
          const dy = draw(random, shape, (u) => 2 * u - 1);
          const statistics: tf.Tensor[] = [];
          const see = (mean: tf.Tensor, variance: tf.Tensor) =>
            void statistics.push(tf.keep(mean.clone()), tf.keep(variance.clone()));
          const fast = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
            normalizeBatch(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3, see, activation);
          const slow = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
            const { mean, variance } = tf.moments(x, shape.slice(0, -1).map((_, i) => i));
            const normal = x.sub(mean).div(variance.add(1e-3).sqrt()).mul(gamma).add(beta);
            return plain(normal, activation);
          };
          assertClose(fast(inputs[0], inputs[1], inputs[2]), slow(inputs[0], inputs[1], inputs[2]));
          const [mean, variance] = statistics, axes = shape.slice(0, -1).map((_, i) => i);
          const expectation = tf.moments(inputs[0], axes);
          assertClose(mean, expectation.mean, "mean");
          assertClose(variance, expectation.variance, "variance");
          tf.dispose(statistics);
          const gradients = tf.grads(fast)(inputs, dy), expected = tf.grads(slow)(inputs, dy);
          gradients.forEach((gradient, i) => assertClose(gradient, expected[i], `gradient ${i}`));
        }),
    );
  }
}

Deno.test("activate() keeps about the share that it is told, and leaks nothing", () => {
  const before = tf.memory().numTensors;
  const x = tf.ones([100_000]);
  const y = activate(x, { slope: 0, keep: 0.9, seed: 4, step: 1 });
  const zeros = y.dataSync().filter((value: number) => value === 0).length;
  ok(Math.abs(zeros - 10_000) < 400, `${zeros}`); // 4 standard deviations of a binomial
  tf.dispose([x, y]);
  strictEqual(tf.memory().numTensors, before);
});
