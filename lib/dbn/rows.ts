/** Batches of rows. @module */
import * as tf from "@tensorflow/tfjs";

/**
 * Cuts a matrix into batches of rows, by one operation.
 * @param x Shape `[n, columns]`, `n > 0`.
 * @param batchSize Rows of a batch, `> 0`; the last may have fewer.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { splitRows } from "ser/dbn/rows.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const batches = splitRows(tf.tensor2d([[1], [2], [3]]), 2);
 * deepStrictEqual(batches.map((batch) => batch.arraySync()), [[[1], [2]], [[3]]]);
 * ```
 */
export function splitRows(x: tf.Tensor2D, batchSize: number): tf.Tensor2D[] {
  const n = x.shape[0];
  const sizes = Array.from(
    { length: Math.ceil(n / batchSize) },
    (_, i) => Math.min(batchSize, n - i * batchSize),
  );
  return tf.split(x, sizes);
}

/**
 * Adds rows of zeros until the batches are full.
 * @param x Shape `[n, columns]`.
 * @param batchSize Rows of a batch, `> 0`.
 * @returns Shape `[ceil(n / batchSize) * batchSize, columns]`.
 */
export function fillLastBatch(x: tf.Tensor2D, batchSize: number): tf.Tensor2D {
  const n = x.shape[0];
  return x.pad([[0, Math.ceil(n / batchSize) * batchSize - n], [0, 0]]);
}
