/**
 * How good predictions are: confusion matrix (`[classes][classes]`, row = true class, as
 * `confusionMatrix` gives), accuracies, F1, the baseline that needs no sound. @module
 */
import { mean, sum } from "./mean.ts";

/**
 * Counts predictions by true (row) and predicted class (column), `[classes][classes]`.
 * @throws {RangeError} If the lengths differ or a class is not in [0, classes).
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): number[][] {
  if (labels.length !== predicted.length) {
    throw new RangeError(
      `Cannot count confusions: expected as many predictions as labels, received ${predicted.length} and ${labels.length}`,
    );
  }
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) {
    for (const value of [labels[i], predicted[i]]) checkClass(value, classes);
    matrix[labels[i]][predicted[i]]++;
  }
  return matrix;
}

/** Utterances of each true class, `[classes]`: the sums of the rows. */
export const supports = (confusion: readonly (readonly number[])[]): number[] => confusion.map(sum);

/** Right predictions: the sum of the diagonal. */
export const correctCount = (confusion: readonly (readonly number[])[]): number =>
  sum(confusion.map((row, i) => row[i]));

/**
 * Share of right predictions, in [0, 1]: what the paper calls weighted accuracy; NaN of nothing.
 */
export const accuracy = (confusion: readonly (readonly number[])[]): number =>
  correctCount(confusion) / sum(supports(confusion));

/**
 * Share of right predictions among the utterances of each true class, `[classes]`, in [0, 1]; NaN for
 * a class without utterances.
 */
export const recalls = (confusion: readonly (readonly number[])[]): number[] =>
  confusion.map((row, i) => row[i] / sum(row));

/**
 * Mean of the recalls (UAR), in [0, 1]: every emotion counts alike, however rare. Classes without
 * utterances are left out, as in scikit-learn's `balanced_accuracy_score`; NaN of nothing.
 * @example Usage
 * ```ts
 * import { accuracy, unweightedAverageRecall } from "ser/evaluation/metrics.ts";
 * import { strictEqual } from "node:assert/strict";
 * const alwaysFirst = [[9, 0], [1, 0]];
 * strictEqual(accuracy(alwaysFirst), 0.9);
 * strictEqual(unweightedAverageRecall(alwaysFirst), 0.5);
 * ```
 */
export function unweightedAverageRecall(confusion: readonly (readonly number[])[]): number {
  return mean(recalls(confusion).filter((recall) => !Number.isNaN(recall)));
}

/** How well one class is recognised; shares in [0, 1]. */
export interface ClassScore {
  support: number;
  /** Of what is taken for this class, the share that is; 0 if nothing is. */
  precision: number;
  /** Of the utterances of this class, the share that is recognised; 0 if there are none. */
  recall: number;
  /** Harmonic mean of the two, 2 TP / (2 TP + FP + FN); 0 for a class neither true nor predicted. */
  f1: number;
}

/**
 * Precision, recall and F1 of each class, `[classes]`: scikit-learn's
 * `precision_recall_fscore_support(..., zero_division=0)` for all classes, so that nothing divided by
 * nothing is 0 (in `recalls` it is NaN).
 * @example Usage
 * ```ts
 * import { classScores } from "ser/evaluation/metrics.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const [first, absent] = classScores([[1, 1], [0, 0]]);
 * deepStrictEqual(first, { support: 2, precision: 1, recall: 0.5, f1: 2 / 3 });
 * deepStrictEqual(absent, { support: 0, precision: 0, recall: 0, f1: 0 });
 * ```
 */
export function classScores(confusion: readonly (readonly number[])[]): ClassScore[] {
  const share = (part: number, whole: number) => whole === 0 ? 0 : part / whole;
  return confusion.map((row, i) => {
    const support = sum(row), taken = sum(confusion.map((other) => other[i]));
    return {
      support,
      precision: share(row[i], taken),
      recall: share(row[i], support),
      f1: share(2 * row[i], support + taken),
    };
  });
}

/**
 * Mean of the classes' F1, in [0, 1], as scikit-learn's `f1_score(..., average="macro",
 * zero_division=0)`: a class that is predicted but never true counts with 0, one that is neither is
 * left out; NaN of nothing.
 * @example Usage
 * ```ts
 * import { macroF1 } from "ser/evaluation/metrics.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(macroF1([[2, 0], [0, 1]]), 1);
 * strictEqual(macroF1([[1, 1, 0], [0, 0, 0], [0, 0, 0]]), (2 / 3 + 0) / 2); // the third class is absent
 * ```
 */
export function macroF1(confusion: readonly (readonly number[])[]): number {
  const seen = classScores(confusion).filter(({ support }, i) =>
    support > 0 || confusion.some((row) => row[i] > 0)
  );
  return mean(seen.map(({ f1 }) => f1));
}

/** Always answering with the most frequent class of the training set. */
export interface Baseline {
  /** That class, the first of several. */
  label: number;
  /** How many test utterances it gets right. */
  correct: number;
  /** Its accuracy on the test set, in [0, 1]. */
  accuracy: number;
}

/**
 * What a model has to beat: the accuracy of not listening.
 * @param trainCounts Training utterances of each class, `[classes]`.
 * @param testLabels True classes of the test utterances, `[n]`.
 * @example Usage
 * ```ts
 * import { majorityBaseline } from "ser/evaluation/metrics.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(majorityBaseline([3, 5], [1, 0, 1, 0]), { label: 1, correct: 2, accuracy: 0.5 });
 * ```
 */
export function majorityBaseline(
  trainCounts: readonly number[],
  testLabels: ArrayLike<number>,
): Baseline {
  const label = trainCounts.indexOf(Math.max(...trainCounts));
  const correct = Array.from(testLabels).filter((truth) => truth === label).length;
  return { label, correct, accuracy: correct / testLabels.length };
}

function checkClass(value: number, classes: number): void {
  if (Number.isInteger(value) && value >= 0 && value < classes) return;
  throw new RangeError(
    `Cannot count confusions: expected classes in [0, ${classes}), received ${value}`,
  );
}
