import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { readingEffects } from "ser/evaluation/reading_effects.ts";
import { accuracyOf } from "ser/evaluation/run_confusion.ts";
import { groupRuns } from "ser/evaluation/run_groups.ts";
import { gridExperiments } from "ser/sweep/grid.ts";
import { GRIDS } from "ser/sweep/grids.ts";
import { madeUpRun } from "./made_up_runs.ts";

const grid = gridExperiments(GRIDS["close-reading"]);
const runs = await Promise.all(grid.map((each) => {
  const forgets = each.model === "lstm" && each.padding === "after" && !each.modelOptions.masking;
  return madeUpRun(each, { right: forgets ? 0.3 : 0.7 });
}));

Deno.test("readingEffects() sets every other reading beside the usual one", () => {
  const effects = readingEffects(groupRuns(grid, runs));
  deepStrictEqual(
    new Set(effects.map(({ model, reading }) => `${model}, ${reading}`)),
    new Set([
      "LSTM, zeros after",
      "LSTM, zeros after, masked",
      "CNN, kernels of the text",
      "CNN-ATN, kernels of the text",
      "CNN-ATN, dropout after layer 4, too",
      "CNN-ATN, score dot",
      "CNN-ATN, zeros after",
      "CNN-ATN, zeros after, masked",
    ]),
  );
  strictEqual(effects.filter(({ corpus }) => corpus === "ravdess").length, 3);
  for (const { corpus, missing, differences, test } of effects) {
    strictEqual(missing, "");
    strictEqual(differences.length, corpus === "savee" ? 3 : 1);
    strictEqual(test !== undefined, corpus === "savee"); // one seed has no interval
  }
});

Deno.test("readingEffects() takes the differences seed by seed, in points", () => {
  const effect = readingEffects(groupRuns(grid, runs)).find(({ corpus, model, reading }) =>
    corpus === "savee" && model === "LSTM" && reading === "zeros after"
  )!;
  const of = (padding: string, seed: number) =>
    runs.find(({ experiment }) =>
      experiment.corpus === "savee" && experiment.model === "lstm" &&
      experiment.padding === padding && experiment.seed === seed &&
      !experiment.modelOptions.masking
    )!;
  const expected = [0, 1, 2].map((seed) =>
    100 * (accuracyOf(of("after", seed)) - accuracyOf(of("before", seed)))
  );
  deepStrictEqual(effect.differences, expected);
  const mean = expected.reduce((sum, each) => sum + each, 0) / 3;
  ok(Math.abs(100 * (effect.changed - effect.usual) - mean) < 1e-9);
  ok(Math.abs(effect.test!.difference - mean) < 1e-9);
});

Deno.test("readingEffects() counts a seed only if both readings have it", () => {
  const without = runs.filter(({ experiment: { corpus, model, seed, padding } }) =>
    !(corpus === "savee" && model === "lstm" && seed === 1 && padding === "before")
  );
  const effects = readingEffects(groupRuns(grid, without)).filter(({ corpus, model }) =>
    corpus === "savee" && model === "LSTM"
  );
  for (const { differences, test, missing } of effects) {
    deepStrictEqual([differences.length, test, missing], [2, undefined, "missing: 1 of 3 seeds"]);
  }
});
