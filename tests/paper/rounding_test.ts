import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { countsThatRoundTo } from "ser/paper/results.ts";
import { nearestShare } from "ser/paper/rounding.ts";

Deno.test("nearestShare() finds rounded and cut numbers", () => {
  strictEqual(nearestShare("45.18", 288).correct, 130);
  strictEqual(nearestShare("45.18", 288).off.toFixed(1), "-4.1"); // 45.139
  strictEqual(nearestShare("55.7", 96).off.toFixed(1), "-4.9"); // 55.208
  strictEqual(nearestShare("97", 40).off, 0.5); // 97.5
  strictEqual(nearestShare("0", 20).off, 0);
});

Deno.test("nearestShare() is at most half a digit off for every share that is rounded", () => {
  for (const total of [12, 96, 288]) {
    for (let k = 0; k <= total; k++) {
      for (const decimals of [0, 1, 2]) {
        const printed = (100 * k / total).toFixed(decimals);
        ok(Math.abs(nearestShare(printed, total).off) <= 0.5 + 1e-9, `${k} of ${total}`);
        deepStrictEqual(countsThatRoundTo(printed, total).includes(k), true);
      }
    }
  }
});
