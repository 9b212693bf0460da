import { deepStrictEqual, notDeepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { orthogonalMatrix } from "ser/layers/orthogonal.ts";

/** Row r of a matrix with so many columns. */
const row = (matrix: Float32Array, columns: number, r: number) =>
  matrix.subarray(r * columns, (r + 1) * columns);

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);

function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  return matrix.map((_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]);
}

/** Largest entry of |M M^T - I|. */
function deviation(matrix: Float32Array, rows: number, columns: number): number {
  let worst = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(row(matrix, columns, i), row(matrix, columns, j));
      worst = Math.max(worst, Math.abs(product - (i === j ? 1 : 0)));
    }
  }
  return worst;
}

for (const [rows, columns] of [[100, 400], [50, 200], [30, 30], [1, 4], [1, 1]]) {
  Deno.test(`orthogonalMatrix(${rows}, ${columns}) W has W W^T = I`, () => {
    const w = orthogonalMatrix(rows, columns, 3);
    strictEqual(w.length, rows * columns);
    ok(deviation(w, rows, columns) < 1e-6); // values rounded to float32
  });
}

Deno.test("orthogonalMatrix() with more rows than columns W has W^T W = I", () => {
  const w = orthogonalMatrix(20, 6, 3);
  ok(deviation(transpose(w, 20, 6), 6, 20) < 1e-6);
});

Deno.test("orthogonalMatrix() keeps the length of a vector", () => {
  const w = orthogonalMatrix(8, 8, 5);
  const x = Float32Array.of(1, -2, 3, 0, 0.5, 0, 1, 4);
  const y = Float32Array.from(x, (_, r) => dot(row(w, 8, r), x));
  ok(Math.abs(dot(y, y) - dot(x, x)) < 1e-4); // float32, |x|^2 = 31.25
});

Deno.test("orthogonalMatrix() has no direction that it prefers", () => {
  // an entry of a random unit vector of n numbers has mean 0, mean square 1/n and mean fourth power
  // 3 / (n (n + 2)); the determinant's sign is as often + as -
  const n = 2, draws = 4000;
  let mean = 0, square = 0, fourth = 0, positive = 0;
  for (let seed = 0; seed < draws; seed++) {
    const [a, b, c, d] = orthogonalMatrix(n, n, seed);
    mean += c / draws; // of the second row, which Gram and Schmidt changed
    square += c ** 2 / draws;
    fourth += c ** 4 / draws;
    positive += +(a * d - b * c > 0) / draws;
  }
  // five standard deviations: sqrt(1/2), sqrt(1/8), sqrt(17/128) and 1/2, each over sqrt(4000)
  ok(Math.abs(mean) < 0.056, `${mean}`);
  ok(Math.abs(square - 1 / 2) < 0.028, `${square}`);
  ok(Math.abs(fourth - 3 / 8) < 0.029, `${fourth}`);
  ok(Math.abs(positive - 1 / 2) < 0.04, `${positive}`);
});

Deno.test("orthogonalMatrix() depends on its seed only", () => {
  deepStrictEqual(orthogonalMatrix(3, 5, 1), orthogonalMatrix(3, 5, 1));
  notDeepStrictEqual(orthogonalMatrix(3, 5, 1), orthogonalMatrix(3, 5, 2));
});

Deno.test("orthogonalMatrix() names a size that is out of range", () => {
  throws(() => orthogonalMatrix(0, 4, 1), {
    name: "RangeError",
    message: "Cannot draw an orthogonal matrix: expected rows >= 1, received 0",
  });
  throws(() => orthogonalMatrix(4, 1.5, 1), {
    name: "RangeError",
    message: "Cannot draw an orthogonal matrix: expected columns >= 1, received 1.5",
  });
});
