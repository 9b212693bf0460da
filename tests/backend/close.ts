import type * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok } from "node:assert/strict";

/**
 * Two tensors agree within 1e-5, or 1e-5 of the largest expected value: the parts of the sums are
 * float32 and added up in another order.
 */
export function assertClose(actual: tf.Tensor, expected: tf.Tensor, what = "values"): void {
  deepStrictEqual(actual.shape, expected.shape, what);
  const want = expected.dataSync() as Float32Array,
    limit = 1e-5 * want.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
  actual.dataSync().forEach((value: number, i: number) =>
    ok(Math.abs(value - want[i]) <= limit, `${what}, ${i}: expected ${want[i]}, received ${value}`)
  );
}
