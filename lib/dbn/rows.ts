/** Batches of rows, and the numbers of a tensor. @module */
import * as tf from "@tensorflow/tfjs";

/** Cuts a matrix `[n, columns]`, `n > 0`, into batches of rows by one operation; the last may have fewer. */
export function splitRows(x: tf.Tensor2D, batchSize: number): tf.Tensor2D[] {
  const n = x.shape[0], count = Math.ceil(n / batchSize);
  const sizes = Array.from({ length: count }, (_, i) => Math.min(batchSize, n - i * batchSize));
  return tf.split(x, sizes);
}

/** Adds rows of zeros until the batches are full. */
export function fillLastBatch(x: tf.Tensor2D, batchSize: number): tf.Tensor2D {
  const n = x.shape[0];
  return x.pad([[0, Math.ceil(n / batchSize) * batchSize - n], [0, 0]]);
}

/** The values of a tensor, which is disposed. */
export async function takeValues(tensor: tf.Tensor): Promise<Float32Array> {
  const values = await tensor.data() as Float32Array;
  tensor.dispose();
  return values;
}
