import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { chooseGroups, corporaOf, groupRuns } from "ser/evaluation/run_groups.ts";
import { gridExperiments } from "ser/sweep/grid.ts";
import { GRIDS } from "ser/sweep/grids.ts";
import { experiment } from "ser/training/experiment.ts";
import { madeUpRun } from "./made_up_runs.ts";

const grid = gridExperiments(GRIDS.reference);

Deno.test("groupRuns() sorts the reference grid by corpus and by the order of Table 2", () => {
  const groups = groupRuns(grid, []);
  strictEqual(groups.length, 2 * (9 + 6));
  strictEqual(groups.reduce((sum, { wanted }) => sum + wanted.length, 0), grid.length);
  deepStrictEqual(corporaOf(groups), ["ravdess", "savee"]);
  const titles = (changed: boolean) =>
    chooseGroups(groups, { corpus: "savee", split: "random", changed }).map(({ title }) => title);
  deepStrictEqual(titles(false), ["DBN", "DNN", "LSTM", "LSTM-ATN", "CNN", "CNN-ATN"]);
  deepStrictEqual(titles(true), [
    "CNN, zero padding",
    "CNN, zero padding and LeakyReLU",
    "CNN-ATN, without dropout",
  ]);
});

Deno.test("groupRuns() tells which seeds and folds are missing, and leaves strangers out", async () => {
  const sdnn = { model: "sdnn", corpus: "savee" } as const;
  const runs = await Promise.all(
    [
      experiment({ ...sdnn, seed: 3 }),
      experiment({ ...sdnn, seed: 1 }),
      experiment({ ...sdnn, seed: 9 }), // not in the grid
      experiment({ ...sdnn, seed: 0, epochs: 2 }), // another length
      experiment({ ...sdnn, split: "speaker-independent", fold: 2 }),
    ].map((each) => madeUpRun(each, { right: 0.5 })),
  );
  const groups = groupRuns(grid, runs), savee = { corpus: "savee" } as const;
  const [, random] = chooseGroups(groups, { ...savee, split: "random" });
  deepStrictEqual(random.runs.map(({ experiment }) => experiment.seed), [1, 3]);
  strictEqual(random.missing, "missing: 3 of 5 seeds");
  const [, fresh] = chooseGroups(groups, { ...savee, split: "speaker-independent" });
  strictEqual(fresh.missing, "missing: 3 of 4 folds");
  strictEqual(groups.reduce((sum, { runs }) => sum + runs.length, 0), 3);
});

Deno.test("groupRuns() says nothing is missing when all is there", async () => {
  const described = [0, 1].map((seed) => experiment({ model: "sdnn", corpus: "emodb", seed }));
  const runs = await Promise.all(described.map((each) => madeUpRun(each, { right: 0.5 })));
  const [{ missing, runs: found }] = groupRuns(described, runs.toReversed());
  deepStrictEqual([missing, found], ["", runs]);
});
