import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { recomputeLedger } from "ser/evaluation/ledger/recompute.ts";
import { readingEffects } from "ser/evaluation/reading_effects.ts";
import { groupRuns } from "ser/evaluation/run_groups.ts";
import { leadsFigure, leadsView, ledgerView } from "ser/views/ledger.ts";
import { Output } from "ser/notebook/output.ts";
import { readingsFigure, readingsView } from "ser/views/readings.ts";
import { LEDGER } from "ser/paper/ledger.ts";
import type { Figure } from "ser/plots/figure.ts";
import { gridExperiments } from "ser/sweep/grid.ts";
import { GRIDS } from "ser/sweep/grids.ts";
import { madeUpRun } from "../evaluation/made_up_runs.ts";
import { isPlainJson } from "../plots/read_figure.ts";

const text = ({ bundle }: Output): string => String(bundle["text/plain"]);
const counted = await recomputeLedger();

Deno.test("ledgerView() shows every entry with quote, count and resolution", () => {
  const tables = LEDGER.map((group) => text(ledgerView(group, counted)));
  strictEqual(tables.join("\n").match(/^ *\d+ /gm)?.length, 38);
  match(tables[1], /10 .*“45\.18” .*131 of 288 is 45\.49 +Taken as 130 of 288\./);
  match(tables[4], /36 .*silent \(§ 4\).*silence /); // no arithmetic: the kind of evidence
  match(tables[0], /two passages \(runs: dropout after layer 4, too\)/);
});

Deno.test("ledgerView() breaks long lines in HTML", () => {
  const html = String(ledgerView(LEDGER[0], counted).bundle["text/html"]);
  ok(html.includes("vertical-align:top;min-width:14em"));
});

Deno.test("leadsView() tells a lead that no pairing makes significant", () => {
  const lines = text(leadsView("savee")).split("\n");
  match(lines.find((line) => line.startsWith("LSTM-ATN"))!, /4\.2 +0\.521 +0\.125 .* no, whatever/);
  match(lines.find((line) => line.startsWith("LSTM "))!, /0\.269 +0\.016 +0\.427 +open$/);
  match(text(leadsView("ravdess")), /DBN .* yes, whatever/);
});

Deno.test("leadsFigure() has a line for each other model, both corpora, and 0", () => {
  const figure = leadsFigure();
  isPlainJson(figure);
  const [ravdess, , savee] = figure.data;
  deepStrictEqual([ravdess.x, savee.x].map((x) => (x as number[]).length), [5, 5]);
  strictEqual((ravdess.x as number[])[0], 6.6); // 222 less 203 of 288
  strictEqual((figure.layout.shapes as { x0: number }[])[0].x0, 0);
});

const grid = gridExperiments(GRIDS["close-reading"]);

Deno.test("readingsView() and readingsFigure() show missing runs as missing", () => {
  const none = readingEffects(groupRuns(grid, []));
  match(text(readingsView(none)), /SAVEE +LSTM, zeros after +missing: 3 of 3 seeds +– +–/);
  const figure = readingsFigure(none);
  ok(figure instanceof Output);
  match(text(figure), /All runs of the other readings are missing/);
});

Deno.test("readingsView() and readingsFigure() show differences with their sign", async () => {
  const runs = await Promise.all(
    grid.map((each) => madeUpRun(each, { right: each.padding === "after" ? 0.3 : 0.7 })),
  );
  const effects = readingEffects(groupRuns(grid, runs));
  match(text(readingsView(effects)), /LSTM, zeros after +\S+ % for \S+ % +-\d/);
  const figure = readingsFigure(effects) as Figure;
  isPlainJson(figure);
  deepStrictEqual(figure.data.filter(({ showlegend }) => showlegend).map(({ name }) => name), [
    "RAVDESS",
    "SAVEE",
  ]);
});
