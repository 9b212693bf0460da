import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { correctCount } from "ser/evaluation/metrics.ts";
import { accuracyOf, confusionOf, pooledConfusion } from "ser/evaluation/run_confusion.ts";
import { experiment } from "ser/training/experiment.ts";
import { madeUpRun } from "./made_up_runs.ts";

const runs = await Promise.all(
  [0, 1].map((seed) => madeUpRun(experiment({ corpus: "savee", seed }), { right: 0.6 })),
);

Deno.test("confusionOf() and accuracyOf() count a run's answers", () => {
  const right = runs[0].predictions.filter(({ label, predicted }) => label === predicted).length;
  strictEqual(correctCount(confusionOf(runs[0])), right);
  strictEqual(accuracyOf(runs[0]), right / 96);
});

Deno.test("pooledConfusion() is the sum, cell by cell", () => {
  const [a, b] = runs.map(confusionOf), pooled = pooledConfusion(runs);
  strictEqual(pooled.flat().reduce((sum, count) => sum + count), 2 * 96);
  pooled.forEach((row, i) => row.forEach((count, j) => strictEqual(count, a[i][j] + b[i][j])));
  deepStrictEqual(pooledConfusion([runs[0]]), a);
  throws(() => pooledConfusion([]), { name: "RangeError", message: /at least 1 run/ });
});
