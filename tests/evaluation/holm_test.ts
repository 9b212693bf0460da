import { deepStrictEqual, throws } from "node:assert/strict";
import { holm } from "ser/evaluation/holm.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

Deno.test("holm() equals statsmodels' multipletests", async () => {
  const fixture = await readFixture<{ holm: { p: number[]; adjusted: number[] }[] }>("seeds.json");
  for (const { p, adjusted } of fixture.holm) near(holm(p), adjusted, `${p.length} p-values`);
});

Deno.test("holm() multiplies by how many are left, never falls, and stops at 1", () => {
  deepStrictEqual(holm([0.25, 0.125]), [0.25, 0.25]); // 0.25 x 1, 0.125 x 2
  deepStrictEqual(holm([0.125, 0.125, 0.125]), [0.375, 0.375, 0.375]);
  deepStrictEqual(holm([0.75, 1, 0]), [1, 1, 0]);
  deepStrictEqual(holm([0.25]), [0.25]);
  deepStrictEqual(holm([]), []);
});

Deno.test("holm() leaves its input alone and refuses what is no p-value", () => {
  const p = [0.5, 0.25];
  holm(p);
  deepStrictEqual(p, [0.5, 0.25]);
  for (const strange of [-0.1, 1.1, NaN]) {
    throws(() => holm([0.5, strange]), { name: "RangeError", message: /in \[0, 1\], received/ });
  }
});
