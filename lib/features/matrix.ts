/** A table of numbers whose rows are frames. @module */

/** Row-major numbers: row `r`, column `c` is `data[r * columns + c]`. */
export interface Matrix {
  /** `[rows * columns]`. */
  data: Float32Array;
  /** Frames. */
  rows: number;
  /** Bins, bands or coefficients. */
  columns: number;
}

/** A matrix of zeros. */
export function zeros(rows: number, columns: number): Matrix {
  return { data: new Float32Array(rows * columns), rows, columns };
}

/**
 * One frame, without copying it.
 * @param matrix `[rows, columns]`.
 * @param index Which, `0 <= index < rows`.
 * @returns A view `[columns]`.
 * @throws {RangeError} If there is no such row.
 * @example Usage
 * ```ts
 * import { row } from "ser/features/matrix.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const matrix = { data: new Float32Array([1, 2, 3, 4, 5, 6]), rows: 2, columns: 3 };
 * deepStrictEqual(row(matrix, 1), new Float32Array([4, 5, 6]));
 * ```
 */
export function row(matrix: Matrix, index: number): Float32Array {
  if (!Number.isInteger(index) || index < 0 || index >= matrix.rows) {
    throw new RangeError(`Cannot take a row: expected 0 to ${matrix.rows - 1}, received ${index}`);
  }
  return matrix.data.subarray(index * matrix.columns, (index + 1) * matrix.columns);
}

/** The rows as nested arrays, for plots and JSON: `rows` arrays of `columns` numbers. */
export function toRows(matrix: Matrix): number[][] {
  return Array.from({ length: matrix.rows }, (_, index) => Array.from(row(matrix, index)));
}
