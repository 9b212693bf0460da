import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { fillLastBatch, splitRows } from "ser/dbn/rows.ts";

await loadBackend();

const ROWS = [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]];
const lists = (batches: tf.Tensor[]) => batches.map((batch) => batch.arraySync());

Deno.test("splitRows() keeps every row once, in order", () => {
  const x = tf.tensor2d(ROWS);
  deepStrictEqual(lists(splitRows(x, 2)), [ROWS.slice(0, 2), ROWS.slice(2, 4), ROWS.slice(4)]);
  deepStrictEqual(lists(splitRows(x, 5)), [ROWS]);
  deepStrictEqual(lists(splitRows(x, 99)), [ROWS]);
});

Deno.test("fillLastBatch() adds zeros only where they are missing", () => {
  deepStrictEqual(fillLastBatch(tf.tensor2d(ROWS), 3).arraySync(), [...ROWS, [0, 0]]);
  deepStrictEqual(fillLastBatch(tf.tensor2d(ROWS), 5).arraySync(), ROWS);
});
