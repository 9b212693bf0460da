import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import {
  accuracy,
  classScores,
  confusionMatrix,
  correctCount,
  macroF1,
  majorityBaseline,
  recalls,
  supports,
  unweightedAverageRecall,
} from "ser/evaluation/metrics.ts";
import { RandomState } from "ser/support/random.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

// Three classes, counted by hand: 2 of 3, 1 of 2 and 0 of 1 right.
const LABELS = [0, 0, 0, 1, 1, 2], PREDICTED = [0, 0, 1, 1, 2, 0];
const CONFUSION = [[2, 1, 0], [0, 1, 1], [1, 0, 0]];

Deno.test("confusionMatrix() counts true classes in rows and predicted ones in columns", () => {
  deepStrictEqual(confusionMatrix(LABELS, PREDICTED, 3), CONFUSION);
});

Deno.test("accuracy(), recalls() and unweightedAverageRecall() equal the hand calculation", () => {
  strictEqual(correctCount(CONFUSION), 3);
  deepStrictEqual(supports(CONFUSION), [3, 2, 1]);
  strictEqual(accuracy(CONFUSION), 0.5);
  deepStrictEqual(recalls(CONFUSION), [2 / 3, 1 / 2, 0]);
  strictEqual(unweightedAverageRecall(CONFUSION), (2 / 3 + 1 / 2) / 3);
});

Deno.test("unweightedAverageRecall() leaves out a class without utterances", () => {
  deepStrictEqual(recalls([[1, 0], [0, 0]]), [1, NaN]);
  strictEqual(unweightedAverageRecall([[1, 0], [0, 0]]), 1);
});

Deno.test("unweightedAverageRecall() is the accuracy where all classes are equally frequent", () => {
  const random = new RandomState(0);
  const labels = Array.from({ length: 40 }, (_, i) => i % 4);
  const confusion = confusionMatrix(labels, labels.map(() => random.integer(3)), 4);
  ok(Math.abs(accuracy(confusion) - unweightedAverageRecall(confusion)) < 1e-15);
});

interface Scores {
  classes: number;
  labels: number[];
  predicted: number[];
  confusion: number[][];
  accuracy: number;
  uar: number;
  macroF1: number;
  precision: number[];
  recall: number[];
  f1: number[];
  support: number[];
}

Deno.test("all measures equal scikit-learn's, also with absent and never predicted classes", async () => {
  const { cases } = await readFixture<{ cases: Scores[] }>("metrics.json");
  for (const expected of cases) {
    const confusion = confusionMatrix(expected.labels, expected.predicted, expected.classes);
    deepStrictEqual(confusion, expected.confusion);
    near(accuracy(confusion), expected.accuracy, "accuracy");
    near(unweightedAverageRecall(confusion), expected.uar, "UAR");
    near(macroF1(confusion), expected.macroF1, "macro F1");
    const scores = classScores(confusion);
    for (const name of ["precision", "recall", "f1", "support"] as const) {
      near(scores.map((score) => score[name]), expected[name], name);
    }
  }
});

Deno.test("classScores() and macroF1() equal the hand calculation", () => {
  deepStrictEqual(classScores(CONFUSION), [
    { support: 3, precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 },
    { support: 2, precision: 1 / 2, recall: 1 / 2, f1: 1 / 2 },
    { support: 1, precision: 0, recall: 0, f1: 0 },
  ]);
  strictEqual(macroF1(CONFUSION), (2 / 3 + 1 / 2) / 3);
});

Deno.test("macroF1() leaves out a class that is neither true nor predicted, and counts a predicted one", () => {
  strictEqual(macroF1([[2, 0], [0, 0]]), 1);
  strictEqual(macroF1([[1, 1], [0, 0]]), (2 / 3 + 0) / 2);
  ok(Number.isNaN(macroF1([[0, 0], [0, 0]])));
});

Deno.test("majorityBaseline() takes the class from the training set, the first of several", () => {
  deepStrictEqual(majorityBaseline([2, 7, 7], [1, 2, 2, 2]), {
    label: 1,
    correct: 1,
    accuracy: 0.25,
  });
});

Deno.test("confusionMatrix() refuses unequal lengths and strange classes", () => {
  throws(() => confusionMatrix([0], [0, 1], 2), {
    name: "RangeError",
    message: /expected as many predictions as labels, received 2 and 1/,
  });
  throws(() => confusionMatrix([2], [0], 2), {
    name: "RangeError",
    message: /expected classes in \[0, 2\), received 2/,
  });
});
