import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { cohensH, independentEffect, inWords } from "ser/evaluation/effect_size.ts";
import { wilsonInterval } from "ser/evaluation/interval.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

interface Expected {
  confidence: number;
  points: number;
  interval: number[];
  h: number;
}
interface Fixture {
  independent: ({ counts: [number, number, number, number]; wilson: number[] } & Expected)[];
}
const { independent } = await readFixture<Fixture>("pairs.json");

Deno.test("independentEffect() equals statsmodels' confint_proportions_2indep and effect size", () => {
  for (const { counts: [a, m, b, n], confidence, points, interval, h, wilson } of independent) {
    const ours = independentEffect({ correct: a, total: m }, { correct: b, total: n }, confidence);
    near([ours.points, ...ours.interval, ours.h], [points, ...interval, h], `${a}/${m}, ${b}/${n}`);
    near(wilsonInterval(a, m, confidence), wilson, `Wilson of ${a}/${m}`);
  }
});

Deno.test("independentEffect() gives the interval published by Newcombe (1998), example (h)", () => {
  // 10/10 against 0/10: 0.6075 to 1.0000 in method 10
  const { interval } = independentEffect({ correct: 10, total: 10 }, { correct: 0, total: 10 });
  deepStrictEqual(interval.map((end) => (end / 100).toFixed(4)), ["0.6075", "1.0000"]);
});

Deno.test("cohensH() knows its ends and refuses what is no share", () => {
  strictEqual(cohensH(0.3, 0.3), 0);
  strictEqual(cohensH(0, 1), -Math.PI);
  near(cohensH(0.5, 0), Math.PI / 2, "half against none");
  throws(() => cohensH(50, 0.4), { name: "RangeError", message: /in \[0, 1\], received 50 and/ });
});

Deno.test("inWords() names the better one, the size, and whether it may be chance", () => {
  const say = (points: number, low: number, high: number, h: number) =>
    inWords("A", "B", { points, interval: [low, high], h });
  strictEqual(
    say(-25, -30, -20, -0.5),
    "A is 25.0 points worse than B (95 % interval -30.0 to -20.0), a medium difference (h 0.50)",
  );
  ok(say(60, 50, 70, 1.3).includes("a large difference"));
  ok(say(12, 3, 20, 0.25).endsWith("a small difference (h 0.25)"));
  ok(say(12, 0, 20, 0.25).endsWith("a small difference (h 0.25) that may be chance"));
  strictEqual(say(0.04, -2, 2, 0.001), "A and B are equally good (95 % interval -2.0 to 2.0)");
});

Deno.test("effects refuse counts that are none", () => {
  throws(() => independentEffect({ correct: 3, total: 2 }, { correct: 1, total: 2 }), {
    name: "RangeError",
    message: /Cannot give an interval/,
  });
});
