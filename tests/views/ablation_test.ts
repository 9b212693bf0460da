import { match } from "node:assert/strict";
import { ablationTable, agreementTable } from "ser/views/ablation.ts";
import { experiment } from "ser/training/experiment.ts";
import type { RunResult } from "ser/training/stored_run.ts";

/** A run of two epochs on four utterances, of which the given ones were recognised. */
function run(right: boolean[], modelOptions = {}): RunResult {
  return {
    experiment: experiment({ corpus: "ravdess", modelOptions }),
    data: { corpus: "ravdess", classes: ["a", "b"], trainCounts: [3, 2], train: 5, test: 4 },
    history: {
      loss: [1, 0.5],
      accuracy: [0.5, 0.875],
      testLoss: [1.25, 1.5],
      testAccuracy: [0.25, 0.5],
    },
    predictions: right.map((is, i) => ({
      id: `u${i}`,
      label: i % 2,
      predicted: is ? i % 2 : 1 - i % 2,
    })),
  } as unknown as RunResult;
}
const pair = {
  usual: run([true, true, false, false]),
  changed: run([true, false, false, false], { dropoutLayers: 0 }),
};
const textOf = (output: { bundle: Record<string, unknown> }) => String(output.bundle["text/plain"]);

Deno.test("ablationTable() sets both runs beside the paper's numbers for each", () => {
  const [, usual, changed] = textOf(ablationTable([pair])).split("\n");
  match(usual, /^RAVDESS +CNN-ATN +77 % +50.0 % \(2 of 4\) .* 37.5 +1.25 \(1\) +1.50$/);
  match(changed, /^RAVDESS +CNN-ATN, without dropout +65 % +25.0 % \(1 of 4\) /);
});

Deno.test("agreementTable() counts the utterances that tell the runs apart", () => {
  match(textOf(agreementTable([pair])), /RAVDESS +1 +1 +0 +2$/);
});
