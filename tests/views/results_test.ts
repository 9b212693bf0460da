/** The views of notebook 10 on all of the reference grid, a part of it, and none of it. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { accuracyOf } from "ser/evaluation/run_confusion.ts";
import { chooseGroups, groupRuns, type RunGroup } from "ser/evaluation/run_groups.ts";
import { claimsView } from "ser/views/claims.ts";
import { comparedView } from "ser/views/compared.ts";
import { coverageInWords, coverageTable } from "ser/views/coverage.ts";
import { differencesInWords, differencesView } from "ser/views/differences.ts";
import { Output } from "ser/notebook/output.ts";
import { speakerFalls, speakersFigure, speakersView } from "ser/views/speakers.ts";
import { confusionsView, statementsInWords, statementsView } from "ser/views/statements.ts";
import { table2Figure, table2View, verdictsInWords } from "ser/views/table2.ts";
import type { Figure } from "ser/plots/figure.ts";
import { gridExperiments } from "ser/sweep/grid.ts";
import { GRIDS } from "ser/sweep/grids.ts";
import type { Experiment } from "ser/training/experiment.ts";
import { madeUpRun } from "../evaluation/made_up_runs.ts";

const SKILLS = {
  ...{ dbn: 0.3, sdnn: 0.4, lstm: 0.6, "lstm-attention": 0.6, cnn: 0.65, "cnn-attention": 0.75 },
};
const grid = gridExperiments(GRIDS.reference);
const skill = ({ model, split, modelOptions }: Experiment) =>
  SKILLS[model] - (split === "random" ? 0 : 0.2) - (modelOptions.dropoutLayers === 0 ? 0.2 : 0);
const results = await Promise.all(grid.map((each) => madeUpRun(each, { right: skill(each) })));
const all = groupRuns(grid, results), none = groupRuns(grid, []);
const part = groupRuns(grid, results.filter((_, i) => 7 * i % 10 < 4));
const random = (groups: readonly RunGroup[], changed = false) =>
  chooseGroups(groups, { split: "random", changed });
const text = (output: Output | Figure): string => {
  ok(output instanceof Output);
  return String(output.bundle["text/plain"]);
};
const lineOf = (output: Output, start: RegExp): string =>
  text(output).split("\n").find((line) => start.test(line)) ?? "no such line";

Deno.test("coverageTable() and coverageInWords() say what is there and how to make the rest", () => {
  match(lineOf(coverageTable(all), /^SAVEE +CNN-ATN /), /250 +5 of 5 +4 of 4$/);
  match(lineOf(coverageTable(all), /^SAVEE .* without dropout/), /5 of 5 +–$/);
  match(lineOf(coverageTable(none), /^RAVDESS +DBN /), /1000 +0 of 5 +0 of 5$/);
  match(coverageInWords(all), /^144 of 144 results .*\(2026-01-02; none \(made up\)\).*Nothing/);
  match(coverageInWords(part), /^5\d of 144 results .*`deno task sweep`/);
  match(coverageInWords(none), /^None of the 144 results is there\. .*`deno task sweep`/);
});

Deno.test("table2View() sets the mean over seeds beside the paper's number", () => {
  const table = table2View(random(all));
  const [group] = random(all).filter(({ title }) => title === "CNN-ATN");
  const mean = group.runs.reduce((sum, run) => sum + 100 * accuracyOf(run) / 5, 0);
  const line = lineOf(table, /^RAVDESS +CNN-ATN /);
  ok(line.includes(`77 %  ${mean.toFixed(1)} ± `), line);
  match(line, /reproduced \(5 of 5 in the interval\) +221 to 223 of 288 +71\.5 to 81\.9 % .* 5$/);
  match(lineOf(table, /^RAVDESS +DNN /), /impossible as printed, nearest count .*about 130 of 288/);
  const noNumber = lineOf(table2View(random(all, true)), /^SAVEE +CNN, zero padding {2}/);
  match(noNumber, /padding +– +\d\S* ± \S+ % +– +– +– +\d.* 5$/);
});

Deno.test("table2View() shows missing runs as missing", () => {
  match(lineOf(table2View(random(none)), /^SAVEE +LSTM /), /missing: 5 of 5 seeds +missing .* 0$/);
  match(text(table2View(random(part))), / \d \(missing: \d of 5 seeds\)/);
  strictEqual(verdictsInWords(random(none)), "missing: 12");
  const counts = verdictsInWords(random(all)).match(/\d+/g)!.map(Number);
  strictEqual(counts.reduce((sum, count) => sum + count), 12);
});

Deno.test("table2Figure() has the paper's dots where ours are missing", () => {
  const dots = (figure: Figure) => figure.data.map(({ x }) => (x as number[]).length);
  deepStrictEqual(dots(table2Figure(random(all), "")), [6, 0, 6, 30, 6, 0, 6, 30]);
  deepStrictEqual(dots(table2Figure(random(none), "")), [6, 0, 0, 0, 6, 0, 0, 0]);
});

Deno.test("confusionsView() has a matrix for each model that is there", () => {
  const full = confusionsView(random(all), "savee");
  ok(!(full instanceof Output));
  strictEqual(full.data.length, 2 * 6);
  const [{ text: title }] = full.layout.annotations as { text: string }[];
  match(title, /^DBN, \d+\.\d % \(5 seeds\)$/);
  strictEqual(text(confusionsView(random(none), "savee")), "SAVEE: all missing.");
});

Deno.test("statementsView() judges all of section 4.4 that can be judged", () => {
  const lines = text(statementsView(random(all), "ravdess")).split("\n");
  strictEqual(lines.length, 2 + 24); // caption and titles
  match(lines[2], /^DBN +neutral has the lowest recall +0\.0 % \(0 of 20\) .*(yes|no) +\d of 5$/);
  match(statementsInWords(random(all)), /^\d+ of 45 statements hold here$/);
  match(statementsInWords(random(none)), /^0 of 0 .*; those on 12 missing models/);
  strictEqual(text(statementsView(random(none), "savee")), "SAVEE: all missing.");
  const emodb = groupRuns(gridExperiments(GRIDS.emodb), []);
  match(text(statementsView(random(emodb), "emodb")), /the paper says nothing about it/);
});

Deno.test("claimsView() has each claim, judged or missing", () => {
  const lower = /^RAVDESS +CNN-ATN, without dropout +accuracy: lower/;
  const judged = lineOf(claimsView(chooseGroups(all, { split: "random" })), lower);
  match(judged, / yes +\d\d\.\d for \d\d\.\d +-\d+\.\d \(-.* 5 +65 % for 77 %$/);
  match(lineOf(claimsView(random(none, true)), lower), /not in this grid/);
  const missing = claimsView(chooseGroups(none, { split: "random" }));
  match(lineOf(missing, lower), / – +missing: 5 of 5 seeds +– +0 +65 % for 77 %$/);
  const emodb = groupRuns(gridExperiments(GRIDS.emodb), []);
  match(text(claimsView(emodb)), /no ablation on these corpora/);
});

Deno.test("differencesView() lists the pairs, the surest first", () => {
  const lines = text(differencesView(random(all), "ravdess")).split("\n");
  strictEqual(lines[0], "RAVDESS: 15 of 15 pairs");
  match(lines[2], /points better than D[BN]N .*yes$/);
  match(differencesInWords(random(all), "ravdess"), /^RAVDESS: \d+ of 15 differences are shown$/);
  match(differencesInWords(random(none), "savee"), /0 of 0 .*, 15 pairs missing$/);
  match(text(differencesView(random(none), "savee")), /missing; a comparison needs three seeds/);
});

Deno.test("speakersView() tells how far each accuracy falls", () => {
  const options = { seed: 0, resamples: 100 };
  const falls = speakerFalls(all, options);
  strictEqual(falls.length, 12);
  match(lineOf(speakersView(falls), /^RAVDESS +CNN-ATN /), / \d+\.\d \(\d+\.\d to .* 24$/);
  ok(!(speakersFigure(falls, "") instanceof Output));
  const missing = speakerFalls(none, options);
  match(lineOf(speakersView(missing), /^SAVEE +DBN /), /missing: 4 of 4 folds$/);
  match(text(speakersFigure(missing, "")), /^All missing/);
  match(text(speakersView(speakerFalls(part, options))), / \d+ \(missing: \d of [45] folds\)/);
  match(text(speakersView([])), /no splits with new speakers/);
});

Deno.test("comparedView() ends with the paper's number and ours", () => {
  const ravdess = comparedView("ravdess", all);
  match(lineOf(ravdess, /^Mustaqeem/), /68 \/ 80 +yes +– /);
  match(lineOf(ravdess, /^Venkata/), /69\.79 +no +DNN, LSTM-ATN +its abstract/);
  const lines = text(comparedView("savee", none)).split("\n");
  strictEqual(lines.length, 2 + 4 + 3);
  match(lines.at(-3)!, /^the paper +CNN-ATN +40 MFCCs +74 /);
  match(lines.at(-1)!, /^here .*missing: 4 of 4 folds .*new speakers, all folds$/);
  match(lineOf(ravdess, /^here .*as the paper's/), / \d\d\.\d /);
});
