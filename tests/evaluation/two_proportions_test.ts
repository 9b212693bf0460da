import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { mcnemar } from "ser/evaluation/mcnemar.ts";
import { pairedBounds, twoProportionTest } from "ser/evaluation/two_proportions.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

type Case = [number, number, number, number, z: number, p: number];
const { proportions } = await readFixture<{ proportions: Case[] }>("pairs.json");

Deno.test("twoProportionTest() equals statsmodels' proportions_ztest", () => {
  for (const [a, n, b, m, z, p] of proportions) {
    const ours = twoProportionTest({ correct: a, total: n }, { correct: b, total: m });
    near([ours.z, ours.p], [z, p], `${a}/${n}, ${b}/${m}`);
  }
});

Deno.test("twoProportionTest() turns with its sides", () => {
  const few = { correct: 3, total: 10 }, many = { correct: 8, total: 11 };
  const there = twoProportionTest(few, many), back = twoProportionTest(many, few);
  ok(there.z < 0);
  deepStrictEqual([there.z, there.p], [-back.z, back.p]);
});

Deno.test("pairedBounds() are the ends over every table with these counts", () => {
  for (let total = 1; total <= 7; total++) {
    for (let first = 0; first <= total; first++) {
      for (let second = 0; second <= total; second++) {
        const possible: number[] = [];
        for (let both = 0; both <= Math.min(first, second); both++) {
          if (first + second - both > total) continue; // more utterances than there are
          const table = { onlyFirst: first - both, onlySecond: second - both };
          possible.push(mcnemar(table).exact);
        }
        const { least, most } = pairedBounds(
          ...[first, second].map((correct) => ({ correct, total })) as [never, never],
        );
        near([least, most], [Math.min(...possible), Math.max(...possible)], `${first}, ${second}`);
      }
    }
  }
});

Deno.test("pairedBounds() shows what no arrangement of answers can", () => {
  // 71 and 67 of 96: at best four answers against none, as rare as four equal throws of a coin
  strictEqual(pairedBounds({ correct: 67, total: 96 }, { correct: 71, total: 96 }).least, 1 / 8);
});

Deno.test("counts that are none are refused", () => {
  const one = { correct: 1, total: 2 };
  throws(() => twoProportionTest(one, { correct: 3, total: 2 }), {
    name: "RangeError",
    message:
      "Cannot compare shares: expected integers 0 <= correct <= total >= 1, received 3 and 2",
  });
  throws(() => pairedBounds(one, { correct: 1, total: 3 }), {
    name: "RangeError",
    message: "Cannot pair the answers: expected as many of both, received 2 and 3",
  });
});
