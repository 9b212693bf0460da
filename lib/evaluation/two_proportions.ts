/**
 * Do two shares differ, when all that is known are two counts? A paper that prints accuracies alone
 * does not say which utterances each model got right. @module
 */
import type { RightAnswers } from "./effect_size.ts";
import { mcnemar } from "./mcnemar.ts";
import { normalTails } from "./probability.ts";

/** The test's z, positive if the first share is larger, and its two-sided p-value. */
export interface TwoProportions {
  /** Difference of the shares over its standard error if both are equal. */
  z: number;
  /** In [0, 1]. */
  p: number;
}

/**
 * The two-proportion z-test with pooled variance. It takes the two for results on different
 * utterances; on the same ones the truth may lie anywhere within {@linkcode pairedBounds}.
 * @returns z 0 and p 1 where both have all or none right.
 * @throws {RangeError} If a count is no integer in [0, total].
 */
export function twoProportionTest(first: RightAnswers, second: RightAnswers): TwoProportions {
  checkAnswers(first);
  checkAnswers(second);
  const pooled = (first.correct + second.correct) / (first.total + second.total);
  const variance = pooled * (1 - pooled) * (1 / first.total + 1 / second.total);
  const difference = first.correct / first.total - second.correct / second.total;
  const z = variance === 0 ? 0 : difference / Math.sqrt(variance);
  return { z, p: normalTails(z) };
}

/** The p-values that a paired test could have given. */
export interface PairedBounds {
  /** The least: whatever the worse model gets right, the better one does, too. */
  least: number;
  /** The most: the two agree as little as they can. */
  most: number;
}

/**
 * The exact McNemar p-values that are possible if both models answered the same utterances. From the
 * counts alone, the utterances that one model alone got right differ in number by a known amount, but
 * how many there are is open. If even `least` is above 0.05, no arrangement would have been significant.
 * @param first Right answers of one model, of as many as the other.
 * @throws {RangeError} If a count is no integer in [0, total], or the totals differ.
 * @example Usage
 * ```ts
 * import { pairedBounds } from "ser/evaluation/two_proportions.ts";
 * import { strictEqual } from "node:assert/strict";
 * const { least } = pairedBounds({ correct: 71, total: 96 }, { correct: 67, total: 96 });
 * strictEqual(least, 2 / 2 ** 4); // four utterances against none
 * ```
 */
export function pairedBounds(first: RightAnswers, second: RightAnswers): PairedBounds {
  checkAnswers(first);
  checkAnswers(second);
  if (first.total !== second.total) {
    throw new RangeError(
      `Cannot pair the answers: expected as many of both, received ${first.total} and ${second.total}`,
    );
  }
  const [more, less] = [first.correct, second.correct].sort((a, b) => b - a);
  const p = (onlyWorse: number) =>
    mcnemar({ onlyFirst: more - less + onlyWorse, onlySecond: onlyWorse }).exact;
  return { least: p(0), most: p(Math.min(less, first.total - more)) };
}

function checkAnswers({ correct, total }: RightAnswers): void {
  const counts = [correct, total].every(Number.isInteger) && total >= 1;
  if (counts && correct >= 0 && correct <= total) return;
  throw new RangeError(
    `Cannot compare shares: expected integers 0 <= correct <= total >= 1, received ${correct} and ${total}`,
  );
}
