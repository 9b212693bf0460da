import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { PAPER_SETTINGS } from "ser/paper/settings.ts";
import { PAPER_TITLES } from "ser/paper/results.ts";

Deno.test("PAPER_SETTINGS covers the models of Table 2, sections 3.1 to 3.6 in order", () => {
  deepStrictEqual(Object.keys(PAPER_SETTINGS), Object.keys(PAPER_TITLES));
  const sections = Object.values(PAPER_SETTINGS).map(({ section }) => section);
  deepStrictEqual(sections, ["3.1", "3.2", "3.3", "3.4", "3.5", "3.6"]);
});

Deno.test("PAPER_SETTINGS lets the rate of the four sequence models fall by ten, of no other", () => {
  for (const { input, learningRate, laterRate } of Object.values(PAPER_SETTINGS)) {
    strictEqual(laterRate !== undefined, input === "sequence of 40 MFCCs");
    if (laterRate) strictEqual((learningRate / laterRate.rate).toFixed(9), "10.000000000");
  }
});
