/**
 * McNemar's test: do two models differ on the same test utterances? (McNemar 1947; Fagerland,
 * Lydersen & Laake, BMC Medical Research Methodology 13:91, 2013.) @module
 */
import type { Agreement } from "./agreement.ts";
import { atMostHeads } from "./probability.ts";

/** Two-sided p-values in [0, 1]. */
export interface McNemar {
  /** Utterances that one model alone gets right: all that the test looks at. */
  discordant: number;
  /** Exact binomial; on the safe side. */
  exact: number;
  /** Mid-p: counts half of the observed outcome's probability; nearer to the nominal level. */
  midP: number;
}

/**
 * Tests whether each of two models is equally often the only one to be right. Of n utterances that
 * one model alone gets right, the smaller side has k: like at most k heads in n throws of a coin. It
 * takes utterances for independent; for the speakers' sake see `speakerDifference`. It is about these
 * two trained networks on this split, not about other seeds.
 * @param counts As `agreement` gives.
 * @returns p = 1 where the models never differ.
 * @throws {RangeError} If a count is negative or not whole.
 * @example Usage
 * ```ts
 * import { mcnemar } from "ser/evaluation/mcnemar.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * // Fagerland et al. 2013, table 1: one against seven children
 * deepStrictEqual(mcnemar({ onlyFirst: 1, onlySecond: 7 }), {
 *   discordant: 8, exact: 0.0703125, midP: 0.0390625,
 * });
 * ```
 */
export function mcnemar(counts: Pick<Agreement, "onlyFirst" | "onlySecond">): McNemar {
  const { onlyFirst, onlySecond } = counts;
  if (![onlyFirst, onlySecond].every((count) => Number.isInteger(count) && count >= 0)) {
    throw new RangeError(
      `Cannot test with McNemar: expected two counts >= 0, received ${onlyFirst} and ${onlySecond}`,
    );
  }
  const n = onlyFirst + onlySecond, k = Math.min(onlyFirst, onlySecond);
  if (n === 0) return { discordant: 0, exact: 1, midP: 1 };
  const atMost = atMostHeads(k, n), fewer = atMostHeads(k - 1, n);
  // at a tie the observed outcome is in both tails at once, and its half is counted once
  const midP = onlyFirst === onlySecond ? 1 - (atMost - fewer) / 2 : atMost + fewer;
  return { discordant: n, exact: Math.min(1, 2 * atMost), midP };
}
