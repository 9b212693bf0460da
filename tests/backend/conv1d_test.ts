import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { conv1d, type Conv1dPadding } from "ser/backend/conv1d.ts";
import { hasKernels } from "ser/backend/kernels.ts";
import { loadBackend } from "ser/backend/load.ts";
import { RandomState } from "ser/support/random.ts";
import { draw } from "../fixtures/keras/read.ts";
import { assertClose } from "./close.ts";

// Where there are kernels of our own these test them; tests/models compares whole networks with Keras
await loadBackend();

const convolution =
  (padding: Conv1dPadding) => (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) =>
    conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, bias as tf.Tensor1D, padding) as tf.Tensor;

const byTfjs = (padding: Conv1dPadding) => (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) =>
  tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, 1, padding).add(bias) as tf.Tensor;

// of the paper, then odd ones: one frame, one channel, more channels than a tile has, no full vector
const SIZES = [[4, 60, 40, 64, 9], [1, 7, 64, 32, 5], [3, 9, 1, 128, 1], [2, 5, 3, 70, 5], [
  5,
  8,
  7,
  1,
  2,
]];

for (const [batch, time, channels, filters, size] of SIZES) {
  for (const padding of ["valid", "same"] as const) {
    const sizes = `[${batch}, ${time}, ${channels}], ${filters} filters of ${size}, ${padding}`;

    Deno.test(`conv1d() equals tf.conv1d, with its gradients: ${sizes}`, () =>
      void tf.tidy(() => {
        const random = new RandomState(3);
        const inputs = [[batch, time, channels], [size, channels, filters], [filters]]
          .map((shape) => draw(random, shape, (u) => 2 * u - 1));
        const [x, kernel, bias] = inputs;
        const y = convolution(padding)(x, kernel, bias);
        assertClose(y, byTfjs(padding)(x, kernel, bias), "output");
        const dy = draw(random, y.shape, (u) => 2 * u - 1);
        const gradients = tf.grads(convolution(padding))(inputs, dy);
        const expected = tf.grads(byTfjs(padding))(inputs, dy);
        gradients.forEach((gradient, i) => assertClose(gradient, expected[i], `gradient ${i}`));
      }));
  }
}

Deno.test("conv1d() gives sums that can be checked by hand", () =>
  void tf.tidy(() => {
    const x = tf.tensor3d([1, 10, 2, 20, 3, 30], [1, 3, 2]); // two channels
    const kernel = tf.tensor3d([1, 0, 0, 1], [2, 2, 1]); // x[t][0] + x[t + 1][1]
    deepStrictEqual([...convolution("valid")(x, kernel, tf.tensor1d([100])).dataSync()], [
      121,
      132,
    ]);
    deepStrictEqual([...convolution("same")(x, kernel, tf.tensor1d([0])).dataSync()], [21, 32, 3]);
  }));

Deno.test("conv1d() computes no gradient that nobody asks for, and leaks nothing", () => {
  const before = tf.memory().numTensors;
  const x = tf.ones([2, 6, 3]), bias = tf.zeros([4]);
  const kernel = tf.tidy(() => tf.variable(tf.ones([3, 3, 4])));
  const { value, grads } = tf.variableGrads(() => convolution("valid")(x, kernel, bias).sum());
  deepStrictEqual(Object.values(grads).map((g) => g.shape), [[3, 3, 4]]);
  strictEqual(grads[kernel.name].dataSync()[0], 2 * 4); // examples times outputs
  tf.dispose([x, kernel, bias, value, grads]);
  strictEqual(tf.memory().numTensors, before);
});

Deno.test({
  name: "conv1d() refuses tensors that do not fit",
  ignore: !hasKernels(),
  fn: () =>
    void tf.tidy(() => {
      const run = (x: number[], kernel: number[], bias: number[]) =>
        convolution("valid")(tf.ones(x), tf.ones(kernel), tf.ones(bias));
      throws(() => run([1, 5, 3], [2, 4, 6], [6]), /expected x \[1, 5, 4\], received \[1, 5, 3\]/);
      throws(() => run([1, 5, 4], [2, 4, 6], [5]), /expected bias \[6\], received \[5\]/);
      throws(
        () => run([1, 2, 4], [3, 4, 6], [6]),
        /expected at least as many frames as the kernel/,
      );
      throws(
        () => run([5, 4], [3, 4, 6], [6]),
        /expected \[batch, time, channels\], received \[5, 4\]/,
      );
    }),
});
