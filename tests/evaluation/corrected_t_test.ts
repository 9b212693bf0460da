import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { correctedTTest } from "ser/evaluation/corrected_t.ts";
import { RandomState } from "ser/support/random.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

interface Case {
  first: number[];
  second: number[];
  train: number;
  test: number;
  confidence: number;
  difference: number;
  interval: number[];
  t: number;
  p: number;
}
const { tests } = await readFixture<{ tests: Case[] }>("seeds.json");

Deno.test("correctedTTest() equals SciPy's paired t-test with Nadeau and Bengio's variance", () => {
  for (const { first, second, difference, interval, t, p, ...sizes } of tests) {
    const ours = correctedTTest(first, second, sizes);
    near([ours.difference, ours.t, ours.p], [difference, t, p], `${first.length} runs`);
    near(ours.interval, interval, `interval of ${first.length} runs`);
    strictEqual(ours.freedom, first.length - 1);
  }
});

Deno.test("correctedTTest() turns with its sides, and its interval touches 0 where p is 0.05", () => {
  const sizes = { train: 4, test: 1 };
  const there = correctedTTest([3, 4, 8], [2, 2, 2], sizes);
  const back = correctedTTest([2, 2, 2], [3, 4, 8], sizes);
  deepStrictEqual([back.t, back.difference, back.p], [-there.t, -there.difference, there.p]);
  const edge = correctedTTest([3, 4, 8], [2, 2, 2], { ...sizes, confidence: 1 - there.p });
  near(edge.interval[0], 0, "lower end");
});

Deno.test("correctedTTest() of models that never differ finds nothing", () => {
  const { t, p, interval } = correctedTTest([0.7, 0.8], [0.7, 0.8], { train: 4, test: 1 });
  deepStrictEqual([t, p, interval], [0, 1, [0, 0]]);
  strictEqual(correctedTTest([3, 4], [2, 3], { train: 4, test: 1 }).t, Infinity);
});

Deno.test("correctedTTest() errs in about 5 % of comparisons of overlapping splits", () => {
  // 40 utterances of a fixed corpus; either "model" is right on each at random, so that neither is better
  const random = new RandomState(0);
  let found = 0, plain = 0;
  for (let corpus = 0; corpus < 400; corpus++) {
    const difference = Array.from({ length: 40 }, () => random.integer(1) - random.integer(1));
    const runs = Array.from({ length: 10 }, () => {
      const tested = [...random.permutation(40).slice(0, 8)];
      return tested.reduce((sum, i) => sum + difference[i], 0) / 8;
    });
    if (correctedTTest(runs, runs.map(() => 0), { train: 32, test: 8 }).p < 0.05) found++;
    if (correctedTTest(runs, runs.map(() => 0), { train: 32, test: 1e-9 }).p < 0.05) plain++;
  }
  ok(found / 400 < 0.1, `${found} of 400`);
  ok(plain > 2 * found, `without the correction ${plain} of 400`);
});

Deno.test("correctedTTest() refuses unequal runs, a single one, and empty sides", () => {
  for (const [first, second] of [[[1, 2], [1]], [[1], [1]], [[], []]]) {
    throws(() => correctedTTest(first, second, { train: 4, test: 1 }), {
      name: "RangeError",
      message: /expected at least 2 runs, as many of both, received \d and \d/,
    });
  }
  throws(() => correctedTTest([1, 2], [2, 1], { train: 0, test: 1 }), {
    name: "RangeError",
    message: /expected utterances on both sides, received 0 and 1/,
  });
});
