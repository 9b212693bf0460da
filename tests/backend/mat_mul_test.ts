import * as tf from "@tensorflow/tfjs";
import { ok } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { matMul } from "ser/backend/mat_mul.ts";

await loadBackend();

const transpose = (x: number[][]) => x[0].map((_, i) => x.map((row) => row[i]));

Deno.test("matMul() gives the sums of products, whatever is transposed", () => {
  const a = tf.randomNormal([5, 7], 0, 1, "float32", 1) as tf.Tensor2D;
  const b = tf.randomNormal([7, 3], 0, 1, "float32", 2) as tf.Tensor2D;
  const columns = transpose(b.arraySync());
  const expected = a.arraySync().map((row) =>
    columns.map((column) => row.reduce((sum, value, i) => sum + value * column[i], 0))
  ).flat();
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const left = transposeA ? a.transpose<tf.Tensor2D>() : a;
      const right = transposeB ? b.transpose<tf.Tensor2D>() : b;
      const product = matMul(left, right, { transposeA, transposeB });
      const off = product.dataSync().map((value, i) => Math.abs(value - expected[i]));
      ok(product.shape.join() === "5,3" && Math.max(...off) < 1e-5, `${off}`); // float32, 7 terms
    }
  }
});
