import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { changesOf } from "ser/evaluation/results_table.ts";
import { type GridBlock, gridExperiments } from "ser/sweep/grid.ts";
import { GRIDS } from "ser/sweep/grids.ts";
import { runName } from "ser/training/experiment.ts";
import { MODEL_NAMES } from "ser/models/catalogue.ts";

const reference = gridExperiments(GRIDS.reference);

Deno.test("the reference grid has six models and three ablations with five seeds, and every fold of P3", () => {
  const count = (wanted: Record<string, unknown>) =>
    reference.filter((each) =>
      Object.entries(wanted).every(([part, value]) => each[part as keyof typeof each] === value)
    ).length;
  strictEqual(reference.length, 2 * 9 * 5 + 6 * (5 + 4));
  for (const corpus of ["ravdess", "savee"]) {
    for (const seed of [0, 1, 2, 3, 4]) strictEqual(count({ corpus, seed, split: "random" }), 9);
  }
  for (const model of MODEL_NAMES) {
    const split = "speaker-independent";
    strictEqual(count({ model, corpus: "ravdess", split, seed: 0 }), 5);
    strictEqual(count({ model, corpus: "savee", split, seed: 0 }), 4);
  }
  strictEqual(new Set(reference.map(runName)).size, reference.length);
});

Deno.test("the reference grid is of the paper's length and has its ablations", () => {
  const options = (model: string) =>
    new Set(
      reference.filter((each) => each.model === model).map(({ modelOptions }) =>
        JSON.stringify(modelOptions)
      ),
    );
  deepStrictEqual(
    [...new Set(reference.map(({ model, epochs }) => `${model} ${epochs}`))].sort(),
    ["cnn 250", "cnn-attention 250", "dbn 1000", "lstm 250", "lstm-attention 250", "sdnn 300"],
  );
  const cnn = (padding: string, activation: string) =>
    JSON.stringify({
      ...{ kernelSizes: "shapes", padding, activation, dropoutLayers: 4, dropout: 0.5 },
    });
  deepStrictEqual(
    options("cnn"),
    new Set([cnn("valid", "relu"), cnn("same", "relu"), cnn("same", "leaky-relu")]),
  );
  strictEqual(options("cnn-attention").size, 2);
});

Deno.test("the reference grid tells most first: seed 0, new speakers, then seed by seed, cheap before dear", () => {
  const stages = reference.map(({ split, seed }) => split === "random" ? seed : 0.5);
  deepStrictEqual(stages, stages.toSorted((a, b) => a - b));
  const first = reference.slice(0, 18).map(({ model, corpus }) => `${model} ${corpus}`);
  deepStrictEqual(
    new Set(first.slice(0, 4)),
    new Set(["dbn savee", "dbn ravdess", "sdnn savee", "sdnn ravdess"]),
  );
  deepStrictEqual(first.slice(-2), ["lstm ravdess", "lstm-attention ravdess"]);
});

Deno.test("the grid of the close reading changes one thing at a time, and has the usual beside it", () => {
  const grid = gridExperiments(GRIDS["close-reading"]);
  const changes = grid.map((each) => changesOf({ experiment: each }));
  const count = (model: string, corpus: string, change: string) =>
    grid.filter((each, i) =>
      each.model === model && each.corpus === corpus && changes[i] === change
    ).length;
  for (const change of ["", "kernelSizes text", "dropoutLayers 4", "score dot"]) {
    strictEqual(count("cnn-attention", "savee", change), 3);
  }
  for (const model of ["cnn-attention", "lstm"]) {
    strictEqual(count(model, "savee", "zeros after the speech"), 3);
    strictEqual(count(model, "savee", "masking true, zeros after the speech"), 3);
  }
  strictEqual(grid.filter(({ corpus }) => corpus === "ravdess").length, 5);
  strictEqual(grid.length, 3 * (7 + 4) + 5);
});

Deno.test("gridExperiments() leaves out what comes twice and takes only the folds that are wanted", () => {
  const block: GridBlock = { models: ["sdnn"], corpora: ["emodb"] };
  const grid = gridExperiments([block, { ...block, seeds: [0, 1] }, {
    ...block,
    split: "sentence-independent",
    folds: [2, 5],
    epochs: 4,
    padding: "after",
  }]);
  deepStrictEqual(grid.map(({ seed, fold }) => [seed, fold]), [
    [0, undefined],
    [1, undefined],
    [0, 2],
    [0, 5],
  ]);
  deepStrictEqual([grid[3].epochs, grid[3].padding], [4, "after"]);
});

Deno.test("gridExperiments() says what is wrong with a block", () => {
  const wrong: [block: unknown, message: RegExp][] = [
    [{ seed: [1] }, /expected parts among models, .*, received "seed"/],
    [{ seeds: 3 }, /expected seeds to be a list, received 3/],
    [{ models: ["rnn"] }, /expected model to be one of .*, received "rnn"/],
    [{ corpora: ["savee"], split: "sentence-independent" }, /Cannot divide SAVEE by sentence/],
    [{ corpora: ["savee"], split: "speaker-independent", folds: [5] }, /fold to be .* from 1 to 4/],
  ];
  for (const [block, message] of wrong) {
    throws(() => gridExperiments([block as GridBlock]), { message });
  }
});
