/** Random numbers that depend on a seed and a counter only, so that training can be repeated. @module */
import * as tf from "@tensorflow/tfjs";
import { cudaMask, cudaUniform, usesCuda } from "./cuda.ts";
import { hasKernels } from "./kernels.ts";
import { runNative } from "./native_ops.ts";
import { randomWords } from "./philox.ts";

/**
 * Uniform numbers over [0, 1), multiples of 2^-23. Equal arguments give equal numbers on every back
 * end, whatever was drawn before: those of TensorFlow's `StatelessRandomUniform`.
 * @param shape Shape of the result.
 * @param seed Integer in [0, 2^31), one per stream, see `deriveSeed`.
 * @param counter Integer in [0, 2^31), for example the number of the training step.
 * @throws {RangeError} If seed or counter is not such an integer.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { statelessUniform } from "ser/backend/random.ts";
 * import { deepStrictEqual, notDeepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const draw = (counter: number) => statelessUniform([3], 7, counter).arraySync();
 * deepStrictEqual(draw(1), draw(1));
 * notDeepStrictEqual(draw(1), draw(2));
 * ```
 */
export function statelessUniform(shape: number[], seed: number, counter: number): tf.Tensor {
  check(seed, counter);
  if (usesCuda()) return cudaUniform(shape, seed, counter);
  if (!hasKernels()) {
    const words = randomWords(sizeOf(shape), seed, counter);
    return tf.tensor(Float32Array.from(words, (word) => (word & 0x7fffff) / 2 ** 23), shape);
  }
  return tf.tidy(() => {
    const inputs = [tf.tensor1d(shape, "int32"), tf.tensor1d([seed, counter], "int32")];
    return runNative("SerUniform", {}, inputs)[0];
  });
}

/**
 * Which values dropout keeps: 1 with the given probability, else 0. Equal arguments give equal masks
 * on every back end. A probability that is a multiple of 1/256 takes one random byte a value instead of
 * four, which is the larger part of dropout's time.
 * @param shape Shape of the result.
 * @param probability Of a 1, in (0, 1].
 * @param seed Integer in [0, 2^31), one per stream.
 * @param counter Integer in [0, 2^31).
 * @returns Zeros and ones, float32.
 * @throws {RangeError} If seed or counter is not such an integer.
 */
export function statelessMask(
  shape: number[],
  probability: number,
  seed: number,
  counter: number,
): tf.Tensor {
  check(seed, counter);
  if (!Number.isInteger(probability * 256) || probability >= 1) {
    return tf.tidy(() => statelessUniform(shape, seed, counter).less(probability).cast("float32"));
  }
  if (usesCuda()) return cudaMask(shape, probability * 256, seed, counter);
  const size = sizeOf(shape), words = randomWords(Math.ceil(size / 4), seed, counter);
  const mask = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const byte = (words[i >>> 2] >>> 8 * (i & 3)) & 255; // the lowest first
    mask[i] = byte < probability * 256 ? 1 : 0;
  }
  return tf.tensor(mask, shape);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

function check(seed: number, counter: number): void {
  for (const [name, value] of Object.entries({ seed, counter })) {
    if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) continue;
    throw new RangeError(
      `Cannot draw random numbers: expected a ${name} in [0, 2^31), received ${value}`,
    );
  }
}
