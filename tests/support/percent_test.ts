import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { certainty, percent, percentRange, percentSpread } from "ser/support/percent.ts";

Deno.test("percent() rounds to one decimal", () => strictEqual(percent(222 / 288), "77.1 %"));

Deno.test("percentRange() and percentSpread() have one sign at their end", () => {
  strictEqual(percentRange([0.65, 0.7549]), "65.0 to 75.5 %");
  strictEqual(percentSpread(0.7375, 0.0268), "73.8 ± 2.7 %");
  strictEqual(percentSpread(0.5), "50.0 %");
});

Deno.test("certainty() rounds, but never to a certainty that is none", () => {
  deepStrictEqual([0, 0.001, 0.25, 0.994, 0.999, 1].map(certainty), [
    ...["0 %", "< 1 %", "25 %", "99 %", "> 99 %", "100 %"],
  ]);
});
