/** Reference results beside a run: all of them, some of them, none; in files as the project stores them. */
import { join } from "@std/path";
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { accuracyOf } from "ser/evaluation/run_confusion.ts";
import { referenceFor, referenceRunsFigure, referenceTable } from "ser/views/reference.ts";
import { gridExperiments } from "ser/sweep/grid.ts";
import { GRIDS } from "ser/sweep/grids.ts";
import { encodeResult, type ReferenceResult } from "ser/sweep/result.ts";
import { type Experiment, experiment, quick, runName } from "ser/training/experiment.ts";
import { madeUpRun } from "../evaluation/made_up_runs.ts";
import { isPlainJson } from "../plots/read_figure.ts";

const grid = gridExperiments(GRIDS.reference).filter(({ model, corpus }) =>
  model === "cnn-attention" && corpus === "savee"
);
const isAblation = ({ modelOptions }: Experiment) => modelOptions.dropoutLayers === 0;
const result = (of: Experiment) =>
  madeUpRun(of, {
    right: isAblation(of) ? 0.1 : of.split === "random" ? 0.7 : 0.4,
  }) as Promise<ReferenceResult>;
const results = await Promise.all(grid.map(result));
const own = await madeUpRun(experiment({ corpus: "savee", seed: 9 }), { right: 0.7 });

/** A folder with the chosen results. */
async function folderOf(chosen: (of: Experiment) => boolean): Promise<string> {
  const folder = await Deno.makeTempDir();
  for (const each of results.filter((each) => chosen(each.experiment))) {
    const path = join(folder, `${runName(each.experiment)}.json`);
    await Deno.writeTextFile(path, await encodeResult(each));
  }
  return folder;
}

const all = await folderOf(() => true), none = await folderOf(() => false);
const some = await folderOf(({ seed, fold }) => seed === 0 && (fold ?? 1) === 1);

/** Without the caption and the names of the columns. */
const linesOf = (output: ReturnType<typeof referenceTable>): string[] =>
  String(output.bundle["text/plain"]).split("\n").slice(2);

Deno.test("referenceTable() gives mean, deviation and Student's interval over the seeds", async () => {
  const rows = await referenceFor([own], all),
    [paper, ours, known, fresh] = linesOf(
      referenceTable(rows),
    );
  match(paper, /^SAVEE +the paper +74 % +64\.4 to 81\.7 % +one run, 71 of 96$/);
  const right = Math.round(96 * accuracyOf(own));
  match(ours, new RegExp(`^SAVEE +this run, seed 9 +.* % +one run, ${right} of 96$`));
  const shares = results.filter(({ experiment }) =>
    experiment.split === "random" && !isAblation(experiment)
  ).map(accuracyOf);
  strictEqual(shares.length, 5);
  const mean = shares.reduce((sum, x) => sum + x) / 5;
  const deviation = Math.sqrt(shares.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4);
  const half = 2.776445 * deviation / Math.sqrt(5); // t of 4 degrees of freedom, 0.975
  const [m, d, low, high] = [mean, deviation, mean - half, mean + half]
    .map((x) => (100 * x).toFixed(1));
  ok(known.includes(`reference, known speakers  ${m} ± ${d} %  ${low} to ${high} %`), known);
  match(known, /5 of 5 seeds$/);
  match(fresh, /^SAVEE +reference, new speakers .* to .* % +4 of 4 folds, 4 speakers$/);
});

Deno.test("referenceTable() tells the accuracy on all new speakers together", async () => {
  const [, , , fresh] = linesOf(referenceTable(await referenceFor([own], all)));
  const answers = results.filter(({ experiment }) => experiment.fold !== undefined)
    .flatMap(({ predictions }) => predictions);
  strictEqual(answers.length, 480); // each utterance of SAVEE once
  const right = answers.filter(({ label, predicted }) => label === predicted).length;
  ok(fresh.includes(`  ${(100 * right / 480).toFixed(1)} %`), fresh);
});

Deno.test("referenceTable() names what is missing, in part and wholly", async () => {
  const [, , known, fresh] = linesOf(referenceTable(await referenceFor([own], some)));
  match(known, /known speakers +\d+\.\d % +– +1 of 5 seeds$/);
  match(fresh, /new speakers +– +– +missing: 3 of 4 folds$/); // one speaker has no interval
  const [, , noSeed, noFold] = linesOf(referenceTable(await referenceFor([own], none)));
  match(noSeed, /– +– +missing: 5 of 5 seeds$/);
  match(noFold, /– +– +missing: 4 of 4 folds$/);
});

Deno.test("referenceFor() sets a short run beside results of full length", async () => {
  const short = await madeUpRun(quick(experiment({ corpus: "savee" }), 20), { right: 0.3 });
  const lines = linesOf(referenceTable(await referenceFor([short], all)));
  match(lines[1], /this run, seed 0, only 20 epochs/);
  match(lines[2], /5 of 5 seeds$/);
});

Deno.test("referenceFor() finds an ablation's own results, which have no new speakers", async () => {
  const bare = experiment({ corpus: "savee", modelOptions: { dropoutLayers: 0 } });
  const rows = await referenceFor([own, await madeUpRun(bare, { right: 0.5 })], all);
  const lines = linesOf(referenceTable(rows));
  strictEqual(lines.length, 4 + 3);
  match(lines[4], /^SAVEE +CNN-ATN, without dropout +the paper +47 %/);
  const [usual, changed] = [lines[2], lines[6]].map((line) => /(\d+\.\d) ± /.exec(line)![1]);
  ok(Number(usual) > 60 && Number(changed) < 40, `${usual} and ${changed}`); // made with 0.7 and 0.1
  const figure = referenceRunsFigure(rows, "Dropout");
  deepStrictEqual((figure.layout.yaxis as { ticktext: string[] }).ticktext, [
    ...["CNN-ATN", "CNN-ATN,<br>without dropout"],
  ]);
});

Deno.test("referenceFor() finds another reading in the grid that has it", async () => {
  const after = await madeUpRun(experiment({ corpus: "savee", padding: "after" }), { right: 0.5 });
  const lines = linesOf(referenceTable(await referenceFor([after], all)));
  strictEqual(lines.length, 3); // no new speakers
  match(lines[2], /missing: 3 of 3 seeds$/); // of the close reading
});

Deno.test("referenceFor() has nothing for what no grid holds", async () => {
  const odd = await madeUpRun(experiment({ corpus: "savee", modelOptions: { dropout: 0.3 } }), {
    right: 0.5,
  });
  const rows = await referenceFor([odd], all);
  const lines = linesOf(referenceTable(rows));
  strictEqual(lines.length, 3);
  match(lines[0], /the paper +– +– +no number for this$/);
  match(lines[2], /not in the grid$/);
  isPlainJson(referenceRunsFigure(rows, "Nothing to compare with"));
});

Deno.test("referenceRunsFigure() draws a panel for each corpus, known above new speakers", async () => {
  const ravdess = await madeUpRun(experiment({}), { right: 0.7 });
  const figure = referenceRunsFigure(await referenceFor([ravdess, own], all), "CNN-ATN");
  isPlainJson(figure);
  deepStrictEqual((figure.layout.yaxis as { ticktext: string[] }).ticktext, [
    ...["known speakers", "new speakers"],
  ]);
  const singles = figure.data.filter(({ name }) => name === "single seed or fold");
  deepStrictEqual(singles.map(({ x }) => (x as number[]).length), [0, 5 + 4]);
  const notes = (figure.layout.annotations as { text: string }[]).map(({ text }) => text);
  deepStrictEqual(notes, ["missing: 5 of 5 seeds", "missing: 5 of 5 folds"]);
});
