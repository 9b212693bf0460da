/** Right and wrong answers of runs. @module */
import type { RunResult } from "../training/stored_run.ts";
import { sum } from "./mean.ts";
import { accuracy, confusionMatrix } from "./metrics.ts";

/** What is needed of a run. */
export type Answered = Pick<RunResult, "predictions" | "data">;

/** True against predicted class of a run's test part, `[classes][classes]`. */
export function confusionOf({ predictions, data }: Answered): number[][] {
  return confusionMatrix(
    predictions.map(({ label }) => label),
    predictions.map(({ predicted }) => predicted),
    data.classes.length,
  );
}

/** Accuracy after the last epoch on a run's test part, in [0, 1]. */
export const accuracyOf = (run: Answered): number => accuracy(confusionOf(run));

/**
 * The confusion matrices of several runs, cell by cell added up: an utterance counts as often as it is
 * tested.
 * @param runs Runs on one corpus, at least one.
 * @throws {RangeError} If there is none.
 * @example Usage
 * ```ts
 * import { pooledConfusion } from "ser/evaluation/run_confusion.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const run = (label: number, predicted: number) => ({
 *   predictions: [{ id: "a", label, predicted, probabilities: [] }],
 *   data: { corpus: "", classes: ["calm", "sad"], trainCounts: [], train: 0, test: 1, hash: "" },
 * });
 * deepStrictEqual(pooledConfusion([run(0, 1), run(0, 1), run(1, 1)]), [[0, 2], [0, 1]]);
 * ```
 */
export function pooledConfusion(runs: readonly Answered[]): number[][] {
  if (runs.length === 0) {
    throw new RangeError("Cannot add up confusions: expected at least 1 run, received none");
  }
  return added(runs.map(confusionOf));
}

/** Matrices cell by cell added up, at least one. */
export const added = (matrices: readonly number[][][]): number[][] =>
  matrices[0].map((row, i) => row.map((_, j) => sum(matrices.map((matrix) => matrix[i][j]))));
