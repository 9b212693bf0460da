/** Whether the paper's claims on its ablations hold for runs of ours. @module */
import type { AblationClaim, RunQuantity } from "../paper/ablation_claims.ts";
import type { History } from "../training/state.ts";
import { type CorrectedTTest, correctedTTest } from "./corrected_t.ts";
import { mean } from "./mean.ts";
import { LEAST_SEEDS, pairedRuns } from "./paired_runs.ts";
import type { FinishedRun, RunGroup } from "./run_groups.ts";

/** A claim, judged. */
export interface JudgedClaim {
  /** Seeds that it is judged by. */
  seeds: number;
  /** The changed model's quantity, a mean over these. */
  changed: number;
  /** The usual model's, if the claim compares with it. */
  usual?: number;
  /** Of the changed less the usual, or of the changed; undefined for fewer than three seeds. */
  test?: CorrectedTTest;
  /**
   * "yes" and "no" if the interval leaves out 0, "rather yes" and "rather no" by the sign alone. What
   * is said to be equal is so as long as the interval holds 0: "not refuted", or "no".
   */
  holds: "yes" | "rather yes" | "rather no" | "no" | "not refuted" | "too few seeds";
}

/** Each quantity of a training with its unit. */
const QUANTITIES: Readonly<Record<RunQuantity, (history: History) => number>> = {
  "accuracy": ({ testAccuracy }) => 100 * testAccuracy.at(-1)!,
  "overfitting": ({ accuracy, testAccuracy }) => 100 * (accuracy.at(-1)! - testAccuracy.at(-1)!),
  "last test loss": ({ testLoss }) => ending(testLoss),
  "rise of the test loss": ({ testLoss }) => ending(testLoss) - afterFifth(testLoss),
  "jumps of the test loss": ({ testLoss }) => meanJump(testLoss),
};

/**
 * A quantity of a training:
 * - accuracy: on the test part after the last epoch, in percent;
 * - overfitting: training less test accuracy, in points;
 * - last test loss: mean over the last 4 % of the epochs (10 of 250), in nats;
 * - its rise: that less the mean over as many epochs around a fifth of the training (epoch 50 of 250);
 * - its jumps: mean change from epoch to epoch, up or down, in the second half.
 * @param history Of at least two epochs.
 */
export const quantityOf = (quantity: RunQuantity, history: History): number =>
  QUANTITIES[quantity](history);

/**
 * Judges a claim over the seeds that both models have.
 * @param usual Runs of the model as it usually is.
 * @param changed Runs of the changed one.
 * @returns Undefined if they have no seed in common.
 */
export function judgeClaim(
  claim: AblationClaim,
  usual: RunGroup,
  changed: RunGroup,
): JudgedClaim | undefined {
  const alone = claim.than === "zero", pairs = pairedRuns(changed, alone ? changed : usual);
  if (pairs.length === 0) return undefined;
  const runs = pairs.map(([run]) => run);
  const measured = (run: FinishedRun) => quantityOf(claim.quantity, run.history);
  const ours = runs.map(measured), other = pairs.map(([, run]) => alone ? 0 : measured(run));
  const test = runs.length >= LEAST_SEEDS ? correctedTTest(ours, other, runs[0].data) : undefined;
  return {
    seeds: runs.length,
    changed: mean(ours),
    ...(alone ? {} : { usual: mean(other) }),
    ...(test ? { test } : {}),
    holds: judge(claim.expected, mean(ours) - mean(other), test),
  };
}

function judge(
  expected: AblationClaim["expected"],
  difference: number,
  test: CorrectedTTest | undefined,
): JudgedClaim["holds"] {
  const certain = test !== undefined && (test.interval[0] > 0 || test.interval[1] < 0);
  if (expected === "equal") {
    return test === undefined ? "too few seeds" : certain ? "no" : "not refuted";
  }
  const so = expected === "higher" ? difference > 0 : difference < 0;
  return certain ? (so ? "yes" : "no") : so ? "rather yes" : "rather no";
}

const windowOf = (values: readonly number[]): number =>
  Math.max(1, Math.round(0.04 * values.length));

const ending = (values: readonly number[]): number => mean(values.slice(-windowOf(values)));

function afterFifth(values: readonly number[]): number {
  const width = windowOf(values);
  const from = Math.max(0, Math.round(0.2 * values.length - width / 2));
  return mean(values.slice(from, from + width));
}

function meanJump(values: readonly number[]): number {
  const half = values.slice(Math.floor(values.length / 2) - 1);
  return mean(half.slice(1).map((value, i) => Math.abs(value - half[i])));
}
