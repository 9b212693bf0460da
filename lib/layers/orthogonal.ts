/**
 * Random orthogonal matrices, the usual start of recurrent weights (Saxe, McClelland & Ganguli 2014,
 * arXiv 1312.6120): repeated multiplication by one neither blows up a vector nor shrinks it. @module
 */
import { RandomState } from "../support/random.ts";

/**
 * A matrix whose rows (or columns, if it has more rows than columns) are orthogonal and of length 1,
 * drawn uniformly from all of these: normal random numbers, made orthogonal by Gram and Schmidt.
 * @param rows Number of rows, `>= 1`.
 * @param columns Number of columns, `>= 1`.
 * @param seed Integer in [0, 2^32).
 * @returns The matrix row by row, shape `[rows * columns]`.
 * @throws {RangeError} If a size is not an integer `>= 1`.
 * @example Usage
 * ```ts
 * import { orthogonalMatrix } from "ser/layers/orthogonal.ts";
 * import { ok } from "node:assert/strict";
 * const [a, b, c, d] = orthogonalMatrix(2, 2, 7);
 * ok(Math.abs(a * a + b * b - 1) < 1e-6); // a row has length 1
 * ok(Math.abs(a * c + b * d) < 1e-6); // two rows are orthogonal
 * ```
 */
export function orthogonalMatrix(rows: number, columns: number, seed: number): Float32Array {
  for (const [name, size] of [["rows", rows], ["columns", columns]] as const) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(
        `Cannot draw an orthogonal matrix: expected ${name} >= 1, received ${size}`,
      );
    }
  }
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const vectors = orthonormalVectors(count, length, new RandomState(seed));
  const at = (row: number, column: number) =>
    rows <= columns ? vectors[row][column] : vectors[column][row];
  return Float32Array.from(
    { length: rows * columns },
    (_, i) => at(Math.floor(i / columns), i % columns),
  );
}

/** Orthogonal vectors of length 1, shape `[count][length]` with `count <= length`, float64. */
function orthonormalVectors(count: number, length: number, random: RandomState): Float64Array[] {
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => normal(random));
    for (const other of vectors) subtract(vector, other, dot(vector, other));
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / norm));
  }
  return vectors;
}

/** Takes `factor` times another vector away. */
function subtract(vector: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] -= factor * other[i];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** A standard normal number (Box & Muller 1958). */
const normal = (random: RandomState): number =>
  Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
