/**
 * How far a vector lies from a cloud of others, in standard deviations along the cloud's own axes
 * (Mahalanobis 1936). @module
 */

/** A cloud of vectors, as numbers that JSON can keep. */
export interface Cloud {
  /** Mean of each column. */
  mean: number[];
  /** Standard deviation of each column. */
  deviation: number[];
  /** Lower triangle, row by row, of L with L L^T = the (shrunk) correlation matrix. */
  cholesky: number[];
}

/**
 * Describes a cloud. With few vectors a correlation matrix is unreliable, so it is drawn towards the
 * identity: `(1 - shrinkage) R + shrinkage I`.
 * @param rows Vectors of equal length, at least two.
 * @param shrinkage In [0, 1]; 0 gives the plain Mahalanobis distance. @default {0.1}
 * @throws {RangeError} If there are fewer than two vectors, or their correlation matrix is singular.
 */
export function describeCloud(rows: readonly ArrayLike<number>[], shrinkage = 0.1): Cloud {
  const n = rows.length, columns = rows[0]?.length ?? 0;
  if (n < 2) {
    throw new RangeError(`Cannot describe the cloud: expected at least 2 vectors, received ${n}`);
  }
  const each = Array.from({ length: columns }, (_, c) => c);
  const mean = each.map((c) => rows.reduce((sum, row) => sum + row[c], 0) / n);
  const covariance = (a: number, b: number) =>
    rows.reduce((sum, row) => sum + (row[a] - mean[a]) * (row[b] - mean[b]), 0) / (n - 1);
  const deviation = each.map((c) => Math.sqrt(covariance(c, c)) || 1); // a constant column: as it is
  const correlation = each.map((a) =>
    each.map((b) =>
      a === b ? 1 : (1 - shrinkage) * covariance(a, b) / (deviation[a] * deviation[b])
    )
  );
  return { mean, deviation, cholesky: cholesky(correlation).flat() };
}

/**
 * The distance of a vector from a cloud.
 * @param vector As long as the cloud's.
 * @returns `>= 0`; for a normal distribution of d independent columns around sqrt(d).
 * @throws {TypeError} If the vector has another length.
 * @example Usage
 * ```ts
 * import { describeCloud, mahalanobis } from "ser/evaluation/mahalanobis.ts";
 * import { ok } from "node:assert/strict";
 * const cloud = describeCloud([[1, 10], [-1, 10], [1, -10], [-1, -10]], 0); // deviations 1.15 and 11.5
 * ok(Math.abs(mahalanobis([0, 20], cloud) - Math.sqrt(3)) < 1e-12);
 * ```
 */
export function mahalanobis(vector: ArrayLike<number>, cloud: Cloud): number {
  const { mean, deviation, cholesky: lower } = cloud;
  if (vector.length !== mean.length) {
    throw new TypeError(
      `Cannot measure the distance: expected ${mean.length} numbers, received ${vector.length}`,
    );
  }
  const solved: number[] = []; // of L y = z, whose length is the distance
  for (let r = 0, at = 0; r < mean.length; r++) {
    let rest = (vector[r] - mean[r]) / deviation[r];
    for (let c = 0; c < r; c++) rest -= lower[at++] * solved[c];
    solved.push(rest / lower[at++]);
  }
  return Math.hypot(...solved);
}

/** Rows of L with L L^T = the matrix: row r has r + 1 numbers. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  matrix.forEach((row, r) => {
    const made: number[] = [];
    for (let c = 0; c <= r; c++) {
      const other = c === r ? made : lower[c];
      let rest = row[c];
      for (let k = 0; k < c; k++) rest -= made[k] * other[k];
      if (c < r) made.push(rest / other[c]);
      else if (rest > 1e-12) made.push(Math.sqrt(rest));
      else {
        throw new RangeError(
          `Cannot describe the cloud: expected independent columns, received column ${r} as a sum of others; use shrinkage > 0`,
        );
      }
    }
    lower.push(made);
  });
  return lower;
}
