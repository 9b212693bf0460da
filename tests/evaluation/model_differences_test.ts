import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { modelDifferences } from "ser/evaluation/model_differences.ts";
import { accuracyOf } from "ser/evaluation/run_confusion.ts";
import { groupRuns } from "ser/evaluation/run_groups.ts";
import { experiment } from "ser/training/experiment.ts";
import type { ModelName } from "ser/models/catalogue.ts";
import { madeUpRun } from "./made_up_runs.ts";

const skills = { dbn: 0.3, cnn: 0.6, "cnn-attention": 0.62 } as const;
const grid = Object.keys(skills).flatMap((model) =>
  [0, 1, 2, 3].map((seed) => experiment({ model: model as ModelName, corpus: "ravdess", seed }))
);
const runs = await Promise.all(
  grid.map((each) => madeUpRun(each, { right: skills[each.model as keyof typeof skills] })),
);

Deno.test("modelDifferences() compares all pairs, the better one first", () => {
  const { pairs, left } = modelDifferences(groupRuns(grid, runs));
  deepStrictEqual([pairs.length, left], [3, 0]);
  for (const { first, second, effect, adjusted, test, seeds } of pairs) {
    const mean = (title: string) => {
      const [group] = groupRuns(grid, runs).filter((each) => each.title === title);
      return group.runs.reduce((sum, run) => sum + 100 * accuracyOf(run) / 4, 0);
    };
    ok(Math.abs(effect.points - (mean(first) - mean(second))) < 1e-9);
    ok(effect.points >= 0 && adjusted >= test.p);
    deepStrictEqual(seeds, [0, 1, 2, 3]);
  }
});

Deno.test("modelDifferences() gives t by hand: with 20 % to test, 1/n + 1/4", () => {
  const { pairs } = modelDifferences(groupRuns(grid, runs));
  const { test } = pairs.find(({ second, first }) => first === "CNN" && second === "DBN")!;
  const of = (model: string) => runs.filter(({ experiment }) => experiment.model === model);
  const d = of("cnn").map((run, i) => accuracyOf(run) - accuracyOf(of("dbn")[i]));
  const mean = d.reduce((sum, x) => sum + x) / 4;
  const variance = d.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 3;
  ok(Math.abs(test.t - mean / Math.sqrt((1 / 4 + 288 / 1152) * variance)) < 1e-9);
  strictEqual(test.freedom, 3);
});

Deno.test("modelDifferences() adjusts for the pairs that there are, and needs three common seeds", () => {
  const fewer = runs.filter(({ experiment: { model, seed } }) => model !== "cnn" || seed < 2);
  const { pairs, left } = modelDifferences(groupRuns(grid, fewer));
  deepStrictEqual([pairs.length, left], [1, 2]);
  strictEqual(pairs[0].adjusted, pairs[0].test.p); // one comparison, nothing to adjust
  deepStrictEqual(modelDifferences(groupRuns(grid, [])), { pairs: [], left: 3 });
});
