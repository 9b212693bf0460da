import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, notDeepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { cudaMask, cudaUniform } from "ser/backend/cuda.ts";
import { loadBackend } from "ser/backend/load.ts";
import { statelessMask, statelessUniform } from "ser/backend/random.ts";

const { name } = await loadBackend();

const uniform = (shape: number[], seed: number, counter: number) =>
  tf.tidy(() => statelessUniform(shape, seed, counter).dataSync());

Deno.test("statelessUniform() is uniform over [0, 1)", () => {
  const n = 100_000, values = uniform([100, 1000], 3, 9);
  const bins = new Array(10).fill(0);
  for (const value of values) bins[Math.floor(value * 10)]++;
  // chi-squared with 9 degrees of freedom exceeds 33.7 once in 10,000 seeds
  const chi = bins.reduce((sum, count) => sum + (count - n / 10) ** 2 / (n / 10), 0);
  ok(chi < 33.7, `chi-squared ${chi}`);
  ok(values.every((value: number) => value >= 0 && value < 1));
});

Deno.test("statelessUniform() draws unrelated numbers for neighbouring seeds and counters", () => {
  const n = 20_000, base = uniform([n], 5, 5);
  const correlation = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    12 / n * Array.from(a).reduce((sum, value, i) => sum + (value - 0.5) * (b[i] - 0.5), 0);
  const shifted = [...base.slice(1), base[0]];
  for (const other of [uniform([n], 6, 5), uniform([n], 5, 6), uniform([n], 4, 5), shifted]) {
    ok(Math.abs(correlation(base, other)) < 5 / Math.sqrt(n)); // five standard deviations
  }
});

Deno.test("statelessUniform() depends on its arguments only, and leaks nothing", () => {
  const before = tf.memory().numTensors;
  const first = uniform([2, 5], 1, 2);
  uniform([7], 3, 4);
  deepStrictEqual(uniform([2, 5], 1, 2), first);
  notDeepStrictEqual(uniform([2, 5], 1, 3), first);
  notDeepStrictEqual(uniform([2, 5], 2, 2), first);
  strictEqual(tf.memory().numTensors, before);
});

Deno.test({
  name: "statelessUniform() and statelessMask() draw what TensorFlow draws",
  ignore: name !== "native",
  fn: () =>
    void tf.tidy(() => {
      for (const shape of [[1], [63], [5, 13], [70_001]]) {
        const [seed, counter] = [2 ** 31 - 1, shape[0]];
        const pairs = [
          [statelessUniform(shape, seed, counter), cudaUniform(shape, seed, counter)],
          [statelessMask(shape, 0.75, seed, counter), cudaMask(shape, 192, seed, counter)],
        ];
        for (const [received, expected] of pairs) {
          deepStrictEqual(received.shape, expected.shape);
          deepStrictEqual([...received.dataSync()], [...expected.dataSync()]);
        }
      }
    }),
});

Deno.test("statelessMask() holds ones with the given probability, whatever its way", () => {
  for (const probability of [0.1, 0.5, 0.75, 1]) { // 0.5 and 0.75 are multiples of 1/256
    const mask = tf.tidy(() => statelessMask([333, 301], probability, 4, 2).dataSync());
    const ones = mask.filter((value: number) => value === 1).length;
    ok(mask.every((value: number) => value === 0 || value === 1));
    ok(Math.abs(ones / mask.length - probability) < 0.008, `${ones}`); // five standard deviations
  }
});

Deno.test("statelessMask() depends on its arguments only, and leaks nothing", () => {
  const draw = (seed: number, counter: number) =>
    tf.tidy(() => statelessMask([3, 5, 7], 0.5, seed, counter).dataSync());
  const before = tf.memory().numTensors;
  deepStrictEqual(draw(1, 2), draw(1, 2));
  notDeepStrictEqual(draw(1, 2), draw(1, 3));
  notDeepStrictEqual(draw(1, 2), draw(2, 2));
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("statelessUniform() and statelessMask() name a seed that is out of range", () => {
  const expected = {
    name: "RangeError",
    message: "Cannot draw random numbers: expected a seed in [0, 2^31), received 1.5",
  };
  throws(() => statelessUniform([1], 1.5, 0), expected);
  throws(() => statelessMask([1], 0.5, 1.5, 0), expected);
});
