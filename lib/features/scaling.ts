/** Scaling each feature by what the training part shows, and by nothing else. @module */

/** `raw`: as they are; `minmax`: to [0, 1]; `z`: to mean 0 and standard deviation 1. */
export type ScalingKind = typeof SCALINGS[number];

/** The kinds of scaling. */
export const SCALINGS = ["raw", "minmax", "z"] as const;

/**
 * Learns how to scale each column from training examples. A column that never varies is only shifted.
 * @param train Training examples, row-major `[n, columns]`, n >= 1.
 * @param columns Features of an example, >= 1.
 * @param kind What to do.
 * @returns A function from `[m * columns]` numbers to as many scaled ones; unseen examples may fall
 * outside of [0, 1].
 * @throws {RangeError} If the numbers do not fill whole rows, or there are none.
 * @example Usage
 * ```ts
 * import { fitScaling } from "ser/features/scaling.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const scale = fitScaling(Float32Array.of(0, 10, 4, 30), 2, "minmax"); // (0, 10) and (4, 30)
 * deepStrictEqual([...scale(Float32Array.of(1, 20, 8, 10))], [0.25, 0.5, 2, 0]);
 * ```
 */
export function fitScaling(
  train: Float32Array,
  columns: number,
  kind: ScalingKind,
): (values: Float32Array) => Float32Array {
  const scaling = learnScaling(train, columns, kind);
  return (values) => applyScaling(values, scaling);
}

/** What is done to each column: `(value - offset) / spread`, with spread 1 in place of 0. */
export interface Scaling {
  /** The kind that it is. */
  kind: ScalingKind;
  /** `[columns]`; empty for `raw`. */
  offset: number[];
  /** `[columns]`; empty for `raw`. */
  spread: number[];
}

/** The numbers of {@linkcode fitScaling}, which has the same parameters, to keep with a trained network. */
export function learnScaling(train: Float32Array, columns: number, kind: ScalingKind): Scaling {
  if (train.length === 0 || train.length % columns !== 0) {
    throw new RangeError(
      `Cannot fit the scaling: expected rows of ${columns} numbers, received ${train.length} numbers`,
    );
  }
  if (kind === "raw") return { kind, offset: [], spread: [] };
  const each = Array.from({ length: columns }, (_, column) => {
    const values = train.filter((_, i) => i % columns === column);
    return kind === "minmax" ? range(values) : moments(values);
  });
  return {
    kind,
    offset: each.map(({ offset }) => offset),
    spread: each.map(({ spread }) => spread),
  };
}

/**
 * Scales examples.
 * @param values Row-major `[m, columns]`.
 * @param scaling As learned.
 * @returns As many numbers.
 * @example Usage
 * ```ts
 * import { applyScaling, learnScaling } from "ser/features/scaling.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const scaling = learnScaling(Float32Array.of(0, 10, 4, 30), 2, "minmax"); // (0, 10) and (4, 30)
 * deepStrictEqual(scaling, { kind: "minmax", offset: [0, 10], spread: [4, 20] });
 * deepStrictEqual([...applyScaling(Float32Array.of(1, 20), scaling)], [0.25, 0.5]);
 * ```
 */
export function applyScaling(values: Float32Array, scaling: Scaling): Float32Array {
  const { kind, offset, spread } = scaling, columns = offset.length;
  if (kind === "raw") return values.slice();
  return values.map((value, i) => (value - offset[i % columns]) / (spread[i % columns] || 1));
}

function range(values: Float32Array) {
  const lowest = values.reduce((a, b) => Math.min(a, b));
  return { offset: lowest, spread: values.reduce((a, b) => Math.max(a, b)) - lowest };
}

/** Mean and standard deviation over all values (not of a sample), as scikit-learn's StandardScaler. */
function moments(values: Float32Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { offset: mean, spread: Math.sqrt(squares / values.length) };
}
