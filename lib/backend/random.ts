/** Random numbers that depend on a seed and a counter only, so that training can be repeated. @module */
import * as tf from "@tensorflow/tfjs";
import { hasKernels } from "./kernels.ts";
import { type NativeBackend, nativeBackend, runNative } from "./native_ops.ts";

/**
 * Uniform numbers over [0, 1). Equal arguments give equal numbers on one back end, whatever was drawn
 * before. The native back end draws by TensorFlow's `StatelessRandomUniform` (Philox), or faster by
 * the same generator in the project's own kernels; the others draw by a generator of this file: **the
 * numbers differ between the two**.
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
  checked("seed", seed);
  checked("counter", counter);
  const native = nativeBackend();
  if (!native) return tf.tensor(countedUniform(shape, seed, counter), shape, "float32");
  return tf.tidy(() => {
    const inputs = [tf.tensor1d(shape, "int32"), tf.tensor1d([seed, counter], "int32")];
    if (hasKernels()) return runNative(native, "SerUniform", {}, inputs)[0];
    const attributes = { dtype: "float32", T: "int32", Tseed: "int32" } as const;
    return runNative(native, "StatelessRandomUniform", attributes, inputs)[0];
  });
}

/**
 * Which values dropout keeps: 1 with the given probability, else 0. Equal arguments give equal masks
 * on one back end. On the native back end a probability that is a multiple of 1/256 takes one random
 * byte a value instead of four, which is the larger part of dropout's time.
 * @param shape Shape of the result.
 * @param probability Of a 1, in (0, 1].
 * @param seed Integer in [0, 2^31), one per stream.
 * @param counter Integer in [0, 2^31).
 * @returns Zeros and ones, float32.
 */
export function statelessMask(
  shape: number[],
  probability: number,
  seed: number,
  counter: number,
): tf.Tensor {
  return tf.tidy(() => {
    const native = nativeBackend();
    if (native && Number.isInteger(probability * 256) && probability < 1) {
      return byteMask(native, shape, probability * 256, seed, counter);
    }
    return statelessUniform(shape, seed, counter).less(probability).cast("float32");
  });
}

/** 1 where a random byte is less than the threshold. */
function byteMask(
  native: NativeBackend,
  shape: number[],
  threshold: number,
  seed: number,
  counter: number,
): tf.Tensor {
  const size = shape.reduce((size, n) => size * n, 1);
  const inputs = [
    tf.tensor1d([Math.ceil(size / 4)], "int32"),
    tf.tensor1d([checked("seed", seed), checked("counter", counter)], "int32"),
  ];
  const types = { dtype: "int32", T: "int32", Tseed: "int32" } as const;
  const [words] = runNative(native, "StatelessRandomUniformFullInt", types, inputs);
  const [bytes] = runNative(native, "Bitcast", { T: "int32", type: "uint8" }, [words]); // [n / 4, 4]
  const [limit] = runNative(native, "Cast", { SrcT: "int32", DstT: "uint8", Truncate: false }, [
    tf.scalar(threshold, "int32"),
  ]);
  const [less] = runNative(native, "Less", { T: "uint8" }, [bytes, limit]);
  const mask = less.cast("float32").flatten();
  return (mask.size === size ? mask : mask.slice(0, size)).reshape(shape);
}

/** PCG3D, a counter-based generator (Jarzynski & Olano, JCGT 9(3), 2020): three numbers a round. */
function countedUniform(shape: number[], seed: number, counter: number): Float32Array {
  const numbers = new Float32Array(shape.reduce((size, n) => size * n, 1));
  for (let i = 0; i < numbers.length; i += 3) {
    let x = scramble(i), y = scramble(counter), z = scramble(seed);
    for (let round = 0; round < 2; round++) {
      x = (x + Math.imul(y, z)) | 0;
      y = (y + Math.imul(z, x)) | 0;
      z = (z + Math.imul(x, y)) | 0;
      x ^= x >>> 16, y ^= y >>> 16, z ^= z >>> 16;
    }
    numbers[i] = unit(x); // writes past the end are ignored
    numbers[i + 1] = unit(y);
    numbers[i + 2] = unit(z);
  }
  return numbers;
}

/** One step of a linear congruential generator (Numerical Recipes), modulo 2^32. */
const scramble = (value: number): number => (Math.imul(value, 1664525) + 1013904223) | 0;

/** The upper 24 bits as a float32 in [0, 1). */
const unit = (bits: number): number => (bits >>> 8) / 2 ** 24;

function checked(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value;
  throw new RangeError(
    `Cannot draw random numbers: expected a ${name} in [0, 2^31), received ${value}`,
  );
}
