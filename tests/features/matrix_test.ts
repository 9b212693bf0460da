import { deepStrictEqual, equal, throws } from "node:assert/strict";
import { row, toRows, zeros } from "ser/features/matrix.ts";

const matrix = { data: new Float32Array([1, 2, 3, 4, 5, 6]), rows: 3, columns: 2 };

Deno.test("row() is a view: what is written into it is in the matrix", () => {
  const m = zeros(2, 3);
  row(m, 1).set([7, 8, 9]);
  deepStrictEqual(m.data, new Float32Array([0, 0, 0, 7, 8, 9]));
});

Deno.test("toRows() gives nested arrays", () => {
  deepStrictEqual(toRows(matrix), [[1, 2], [3, 4], [5, 6]]);
  equal(toRows(zeros(0, 40)).length, 0);
});

Deno.test("row() refuses an index outside", () => {
  for (const index of [-1, 3, 0.5]) {
    throws(() => row(matrix, index), {
      name: "RangeError",
      message: `Cannot take a row: expected 0 to 2, received ${index}`,
    });
  }
});
