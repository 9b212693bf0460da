/** Which of several models differ, all pairs of them over the same splits. @module */
import { agreement } from "./agreement.ts";
import { type CorrectedTTest, correctedTTest } from "./corrected_t.ts";
import { cohensH, type Effect } from "./effect_size.ts";
import { holm } from "./holm.ts";
import { type McNemar, mcnemar } from "./mcnemar.ts";
import { overSeeds } from "./over_seeds.ts";
import { LEAST_SEEDS, pairedRuns } from "./paired_runs.ts";
import { accuracyOf } from "./run_confusion.ts";
import type { RunGroup } from "./run_groups.ts";

/** Two models, the better one first; differences are of the first minus the second. */
export interface ModelDifference {
  first: string;
  second: string;
  /** Seeds that both have, rising. */
  seeds: number[];
  /** Difference of the means over these, its corrected interval, and Cohen's h of the means. */
  effect: Effect;
  /** Over the seeds. */
  test: CorrectedTTest;
  /** `test.p` by Holm for all pairs. */
  adjusted: number;
  /** On the test part of the first of the seeds. */
  oneSplit: McNemar;
  /** `oneSplit.midP` by Holm for all pairs. */
  oneSplitAdjusted: number;
}

/** All pairs that can be compared, and what cannot. */
export interface ModelDifferences {
  pairs: ModelDifference[];
  /** Pairs with fewer than three seeds in common. */
  left: number;
}

/**
 * Compares all pairs of models on one corpus and one kind of random split. A pair needs three seeds
 * in common, since two differences may be equal by chance; p-values are adjusted for the pairs that are compared.
 * @param groups Runs of each model, with the same splits for the same seeds.
 * @throws {RangeError} If the test utterances of a seed differ between models.
 * @example Usage
 * ```ts
 * import { modelDifferences } from "ser/evaluation/model_differences.ts";
 * import { groupRuns } from "ser/evaluation/run_groups.ts";
 * import { gridExperiments } from "ser/sweep/grid.ts";
 * import { strictEqual } from "node:assert/strict";
 * const grid = gridExperiments([{ corpora: ["savee"], seeds: [0, 1, 2] }]);
 * strictEqual(modelDifferences(groupRuns(grid, [])).left, 15); // six models, no run yet
 * ```
 */
export function modelDifferences(groups: readonly RunGroup[]): ModelDifferences {
  const all = groups.flatMap((a, i) => groups.slice(i + 1).map((b) => [a, b] as const));
  const compared = all.flatMap(([a, b]) => {
    const found = difference(a, b);
    return found === undefined ? [] : found.effect.points >= 0 ? found : difference(b, a)!;
  });
  const adjusted = holm(compared.map(({ test }) => test.p));
  const oneSplit = holm(compared.map(({ oneSplit }) => oneSplit.midP));
  return {
    pairs: compared.map((pair, i) => ({
      ...{ ...pair, adjusted: adjusted[i], oneSplitAdjusted: oneSplit[i] },
    })),
    left: all.length - compared.length,
  };
}

function difference(
  a: RunGroup,
  b: RunGroup,
): Omit<ModelDifference, "adjusted" | "oneSplitAdjusted"> | undefined {
  const pairs = pairedRuns(a, b);
  if (pairs.length < LEAST_SEEDS) return undefined;
  const first = pairs.map(([run]) => accuracyOf(run)), second = pairs.map(([, o]) => accuracyOf(o));
  const test = correctedTTest(first, second, pairs[0][0].data);
  const [low, high] = test.interval;
  return {
    first: a.title,
    second: b.title,
    seeds: pairs.map(([{ experiment }]) => experiment.seed),
    effect: {
      points: 100 * test.difference,
      interval: [100 * low, 100 * high],
      h: cohensH(overSeeds(first).mean, overSeeds(second).mean),
    },
    test,
    oneSplit: mcnemar(agreement(pairs[0][0].predictions, pairs[0][1].predictions)),
  };
}
