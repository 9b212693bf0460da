/** What several runs of one experiment say together. @module */
import { mean as meanOf, sum } from "./mean.ts";
import { checkShare, studentQuantile } from "./probability.ts";

/** Runs that differ in nothing but the seed. */
export interface SeedSummary {
  n: number;
  mean: number;
  /** Their standard deviation, with n - 1 in the denominator; undefined for a single run. */
  deviation: number | undefined;
  /** Student's interval of the mean, not cut at 0 or 1; undefined for a single run. */
  interval: [number, number] | undefined;
}

/**
 * Mean, standard deviation and interval of a number over seeds. The interval is Student's, mean +-
 * t s / sqrt(n), for normal and independent values. Runs on random splits of one corpus share most of
 * their training utterances, so that the truth is somewhat wider; to compare two models there is
 * `correctedTTest`.
 * @param values One number for each seed, for example accuracies in [0, 1]; at least one.
 * @param confidence In (0, 1). @default {0.95}
 * @throws {RangeError} If there is no value, one is not finite, or the confidence is out of range.
 * @example Usage
 * ```ts
 * import { overSeeds } from "ser/evaluation/over_seeds.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert/strict";
 * const { mean, deviation, interval } = overSeeds([1, 2, 3]);
 * deepStrictEqual([mean, deviation], [2, 1]);
 * strictEqual(interval![1].toFixed(3), (2 + 4.3027 / Math.sqrt(3)).toFixed(3)); // t of 2 degrees
 * strictEqual(overSeeds([0.7]).interval, undefined);
 * ```
 */
export function overSeeds(values: readonly number[], confidence = 0.95): SeedSummary {
  checkShare("summarise runs", "confidence", confidence);
  const strange = values.find((value) => !Number.isFinite(value));
  if (values.length === 0 || strange !== undefined) {
    throw new RangeError(
      `Cannot summarise runs: expected at least one number, all finite, received ${
        strange ?? "none"
      }`,
    );
  }
  const n = values.length, mean = meanOf(values);
  if (n === 1) return { n, mean, deviation: undefined, interval: undefined };
  const deviation = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (n - 1));
  const half = studentQuantile(0.5 + confidence / 2, n - 1) * deviation / Math.sqrt(n);
  return { n, mean, deviation, interval: [mean - half, mean + half] };
}
