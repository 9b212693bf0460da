/** What is said of repeated measurements. @module */

/**
 * The middle of some numbers; of an even count the mean of the two in the middle.
 * @param values At least one number.
 * @throws {RangeError} If there is none.
 * @example Usage
 * ```ts
 * import { median } from "ser/bench/statistics.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(median([9, 1, 2]), 2);
 * strictEqual(median([9, 1, 2, 3]), 2.5);
 * ```
 */
export function median(values: readonly number[]): number {
  if (values.length === 0) {
    throw new RangeError("Cannot take a median: expected at least one number, received none");
  }
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

/** How many times as much one side takes as the other. */
export interface Ratio {
  /** Ratio of the medians. */
  ratio: number;
  /** The least ratio within a round. */
  least: number;
  /** The largest ratio within a round. */
  most: number;
}

/**
 * Compares two sides that were measured in turns.
 * @param ours A number for each round.
 * @param peer The other side's, in the same rounds, each > 0.
 * @throws {RangeError} If the rounds are not the same, or there is none.
 * @example Usage
 * ```ts
 * import { compare } from "ser/bench/statistics.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * // the machine was busy in round 2, for both
 * deepStrictEqual(compare([1, 6, 1], [2, 8, 2]), { ratio: 0.5, least: 0.5, most: 0.75 });
 * ```
 */
export function compare(ours: readonly number[], peer: readonly number[]): Ratio {
  if (ours.length !== peer.length) {
    throw new RangeError(
      `Cannot compare: expected as many rounds of both, received ${ours.length} and ${peer.length}`,
    );
  }
  const rounds = ours.map((value, i) => value / peer[i]);
  return {
    ratio: median(ours) / median(peer),
    least: Math.min(...rounds),
    most: Math.max(...rounds),
  };
}

/**
 * The power with which a quantity grows: 1 where it is proportional, 0 where it stays, 2 where twice
 * as much of one means four times as much of the other.
 * @param factor How much larger the input is, > 1.
 * @param before The quantity before, > 0.
 * @param after The quantity after, > 0.
 * @example Usage
 * ```ts
 * import { growth } from "ser/bench/statistics.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(growth(16, 2, 32), 1);
 * ```
 */
export function growth(factor: number, before: number, after: number): number {
  return Math.log2(after / before) / Math.log2(factor);
}
