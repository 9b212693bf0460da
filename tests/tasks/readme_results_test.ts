import { match, ok, strictEqual } from "node:assert/strict";
import { groupRuns } from "ser/evaluation/run_groups.ts";
import { resultsSection } from "ser/tasks/readme_results.ts";
import { experiment } from "ser/training/experiment.ts";
import { madeUpRun } from "../evaluation/made_up_runs.ts";

const parts = { model: "cnn-attention", corpus: "savee" } as const;
const seeds = [0, 1].map((seed) => experiment({ ...parts, seed }));
const folds = [1, 2, 3, 4].map((fold) =>
  experiment({ ...parts, split: "speaker-independent", fold })
);
const grid = [...seeds, ...folds];
const lineOf = async (of: typeof grid, right: number): Promise<string> => {
  const runs = await Promise.all(of.map((each) => madeUpRun(each, { right })));
  const lines = resultsSection(groupRuns(grid, runs)).trimEnd().split("\n");
  strictEqual(lines.length, 3); // head, rule, one model
  const columns = lines.map((line) => line.split(" | ").length);
  ok(columns.every((count) => count === columns[0]), lines.join("\n"));
  return lines[2];
};

Deno.test("resultsSection() gives the paper, the seeds, new speakers and the baseline", async () => {
  const line = await lineOf(grid, 1);
  match(line, /^\| SAVEE \| CNN-ATN \| 74 % \| 71 of 96 \| \*\*100\.0 ± 0\.0 %\*\* \|/);
  match(line, /\| 2 \| not reproduced \(0 of 2 in the interval\) \| 100\.0 % \| \d+\.\d % \|$/);
});

Deno.test("resultsSection() says what is missing", async () => {
  match(await lineOf(seeds.slice(1), 1), /\| 1 \(missing: 1 of 2 seeds\) \|/);
  match(await lineOf(seeds, 1), /\| missing: 4 of 4 folds \|/);
  match(await lineOf([], 1), /\| missing: 2 of 2 seeds \| – \| 0 \| missing \| missing: 4 of 4/);
  match(await lineOf([seeds[0], ...folds.slice(2)], 1), /\| 100\.0 % \(missing: 2 of 4 folds\) \|/);
});
