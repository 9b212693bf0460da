/**
 * Is one model better than another over many random splits? The corrected resampled t-test (Nadeau &
 * Bengio, Inference for the generalization error, Machine Learning 52, 2003). @module
 */
import { overSeeds } from "./over_seeds.ts";
import { checkShare, studentQuantile, studentTails } from "./probability.ts";

/** How large the two sides of each split are, in utterances. */
export interface SplitSizes {
  train: number;
  test: number;
  /** In (0, 1). @default {0.95} */
  confidence?: number;
}

/** What the test finds; differences are of the first minus the second. */
export interface CorrectedTTest {
  difference: number;
  /** Its corrected interval. */
  interval: [number, number];
  /** Student's t; 0 where the models never differ, infinite where all differences are equal. */
  t: number;
  /** Degrees of freedom, runs - 1. */
  freedom: number;
  /** Two-sided p-value, in [0, 1]; 0 where t is infinite. */
  p: number;
}

/**
 * Compares two models run by run on the same random splits. Training sets of different splits
 * overlap, so that the runs are not independent and the usual t-test finds differences that are none;
 * here the variance of the mean is (1/n + test/train) s^2 instead of s^2/n.
 * @param first One model's results, `[n]`, one for each seed.
 * @param second The other's on the same splits, in the same order.
 * @throws {RangeError} If there are not as many runs of both, at least 2, or a size is not positive.
 * @example Usage
 * ```ts
 * import { correctedTTest } from "ser/evaluation/corrected_t.ts";
 * import { strictEqual } from "node:assert/strict";
 * const { difference, t, freedom } = correctedTTest([3, 4, 5], [2, 2, 2], { train: 4, test: 1 });
 * strictEqual(difference, 2);
 * strictEqual(t, 2 / Math.sqrt(1 / 3 + 1 / 4)); // the differences' deviation is 1
 * strictEqual(freedom, 2);
 * ```
 */
export function correctedTTest(
  first: readonly number[],
  second: readonly number[],
  sizes: SplitSizes,
): CorrectedTTest {
  const { train, test, confidence = 0.95 } = sizes;
  checkShare("compare models", "confidence", confidence);
  if (first.length !== second.length || first.length < 2) {
    throw new RangeError(
      `Cannot compare models: expected at least 2 runs, as many of both, received ${first.length} and ${second.length}`,
    );
  }
  if (!(train > 0 && test > 0)) {
    throw new RangeError(
      `Cannot compare models: expected utterances on both sides, received ${train} and ${test}`,
    );
  }
  const { n, mean, deviation } = overSeeds(first.map((value, i) => value - second[i]));
  const error = Math.sqrt(1 / n + test / train) * deviation!;
  const t = mean === 0 ? 0 : mean / error;
  const half = studentQuantile(0.5 + confidence / 2, n - 1) * error;
  return {
    difference: mean,
    interval: [mean - half, mean + half],
    t,
    freedom: n - 1,
    p: studentTails(t, n - 1),
  };
}
