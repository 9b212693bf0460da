import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { mcnemar } from "ser/evaluation/mcnemar.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

type Case = { table: [[number, number], [number, number]]; exact: number; midP: number };
const { paired } = await readFixture<{ paired: Case[] }>("pairs.json");

Deno.test("mcnemar() equals statsmodels' exact test, and mid-p by its definition in fractions", () => {
  for (const { table: [[, onlyFirst], [onlySecond]], exact, midP } of paired) {
    const ours = mcnemar({ onlyFirst, onlySecond });
    near([ours.exact, ours.midP], [exact, midP], `${onlyFirst} against ${onlySecond}`);
    strictEqual(ours.discordant, onlyFirst + onlySecond);
  }
});

Deno.test("mcnemar() equals the hand calculation", () => {
  deepStrictEqual(mcnemar({ onlyFirst: 0, onlySecond: 3 }), {
    discordant: 3,
    exact: 0.25, // 2 x 1/8
    midP: 0.125,
  });
  // a tie of 1 against 1: outcomes 1/4, 1/2, 1/4, of which 1/2 is as likely as the observed
  deepStrictEqual(mcnemar({ onlyFirst: 1, onlySecond: 1 }), {
    discordant: 2,
    exact: 1,
    midP: 0.75,
  });
  deepStrictEqual(mcnemar({ onlyFirst: 0, onlySecond: 0 }), { discordant: 0, exact: 1, midP: 1 });
});

Deno.test("mcnemar() does not mind which model comes first, and refuses strange counts", () => {
  deepStrictEqual(
    mcnemar({ onlyFirst: 30, onlySecond: 14 }),
    mcnemar({ onlyFirst: 14, onlySecond: 30 }),
  );
  for (const strange of [-1, 0.5, NaN]) {
    throws(() => mcnemar({ onlyFirst: strange, onlySecond: 2 }), {
      name: "RangeError",
      message: /expected two counts >= 0, received/,
    });
  }
});
