import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import {
  accuracy,
  confusionMatrix,
  correctCount,
  majorityBaseline,
  recalls,
  supports,
  unweightedAverageRecall,
} from "ser/evaluation/metrics.ts";
import { RandomState } from "ser/support/random.ts";

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
