import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { compareWithPaper, resultsTable } from "ser/evaluation/results_table.ts";
import { experiment, type ExperimentParts } from "ser/training/experiment.ts";
import type { RunResult } from "ser/training/stored_run.ts";

/** A run that gets `right` of `total` test utterances right; half of them are of class 0. */
function runOf(parts: ExperimentParts, right: number, total: number): RunResult {
  const complete = experiment(parts);
  return {
    name: "a run",
    experiment: complete,
    data: {
      corpus: complete.corpus,
      classes: ["first", "second"],
      trainCounts: [9, 8],
      train: 17,
      test: total,
      hash: "",
    },
    history: { loss: [], accuracy: [], testLoss: [], testAccuracy: [], seconds: [] },
    predictions: Array.from({ length: total }, (_, i) => ({
      id: `u${i}`,
      label: i % 2,
      predicted: i < right ? i % 2 : 1 - i % 2,
      probabilities: [0.5, 0.5],
    })),
    parameters: 75032,
    backend: "cpu",
    versions: {},
    started: "",
    finished: "",
    seconds: 1,
    weights: "",
  };
}

Deno.test("compareWithPaper() puts a run beside the number of Table 2", () => {
  const row = compareWithPaper(runOf({ seed: 4 }, 204, 288));
  deepStrictEqual({ ...row, interval: row.interval.map((end) => end.toFixed(3)), uar: 0 }, {
    corpus: "ravdess",
    model: "CNN-ATN",
    change: "",
    paper: { printed: "77", correct: 222, total: 288, impossible: false },
    correct: 204,
    total: 288,
    interval: ["0.653", "0.758"],
    uar: 0,
    baseline: 0.5,
    protocol: "random 80/20, speakers on both sides",
    seed: 4,
    epochs: 250,
  });
  strictEqual(row.uar, 204 / 288); // balanced
});

Deno.test("compareWithPaper() knows the ablation and takes no number for other changes", () => {
  const paper = (parts: ExperimentParts) => compareWithPaper(runOf(parts, 1, 2)).paper?.printed;
  strictEqual(paper({ corpus: "savee", modelOptions: { dropoutLayers: 0 } }), "47");
  strictEqual(paper({ corpus: "savee", modelOptions: { score: "dot" } }), undefined);
  strictEqual(paper({ corpus: "emodb" }), undefined);
});

Deno.test("compareWithPaper() tells the split, and has the paper's number beside its own split only", () => {
  const told = (parts: ExperimentParts) => {
    const { protocol, paper } = compareWithPaper(runOf(parts, 1, 2));
    return [protocol, paper?.printed];
  };
  deepStrictEqual(told({ split: "speaker-independent", fold: 4 }), [
    "new speakers, fold 4 of 5",
    undefined,
  ]);
  deepStrictEqual(told({ split: "sentence-independent", fold: 1 }), [
    "new sentences, fold 1 of 2",
    undefined,
  ]);
  deepStrictEqual(told({}), ["random 80/20, speakers on both sides", "77"]);
});

Deno.test("resultsTable() aligns the columns of a terminal", () => {
  const rows = [
    compareWithPaper(runOf({}, 204, 288)),
    compareWithPaper(
      runOf({ corpus: "emodb", epochs: 10, modelOptions: { dropoutLayers: 0 } }, 1, 2),
    ),
  ];
  strictEqual(
    resultsTable(rows),
    `
corpus   model                     paper %  paper k of n  ours %  k of n      95 % interval  UAR %  majority %  split                                 seed  epochs
ravdess  CNN-ATN                   77       222 of 288    70.8    204 of 288  65.3-75.8      70.8   50.0        random 80/20, speakers on both sides  0     250
emodb    CNN-ATN, dropoutLayers 0  -        -             50.0    1 of 2      9.5-90.5       50.0   50.0        random 80/20, speakers on both sides  0     10
`.trim(),
  );
});

Deno.test("compareWithPaper() tells zeros after the speech apart, but not for time averages", () => {
  const changed = (parts: ExperimentParts) => compareWithPaper(runOf(parts, 1, 2)).change;
  strictEqual(changed({ model: "lstm", padding: "after" }), "zeros after the speech");
  strictEqual(changed({ model: "sdnn", padding: "after" }), "");
});

Deno.test("compareWithPaper() finds the paper's numbers of the CNN's ablations", () => {
  const paper = (modelOptions: Record<string, string>) =>
    compareWithPaper(runOf({ model: "cnn", modelOptions }, 1, 2)).paper?.printed;
  strictEqual(paper({}), "70.5");
  strictEqual(paper({ padding: "same" }), "70.5");
  strictEqual(paper({ padding: "same", activation: "leaky-relu" }), "67");
  strictEqual(paper({ activation: "leaky-relu" }), undefined);
});
