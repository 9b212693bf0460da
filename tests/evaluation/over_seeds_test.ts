import { deepStrictEqual, throws } from "node:assert/strict";
import { overSeeds } from "ser/evaluation/over_seeds.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

interface Summary {
  values: number[];
  confidence: number;
  mean: number;
  deviation: number;
  interval: number[];
}
const { summaries } = await readFixture<{ summaries: Summary[] }>("seeds.json");

Deno.test("overSeeds() equals NumPy's mean and std and SciPy's t.interval", () => {
  for (const { values, confidence, mean, deviation, interval } of summaries) {
    const ours = overSeeds(values, confidence);
    near(ours.mean, mean, "mean");
    near(ours.deviation!, deviation, "deviation");
    near(ours.interval!, interval, `interval of ${values.length}`);
  }
});

Deno.test("overSeeds() of equal values has no width, of a single one no interval", () => {
  deepStrictEqual(overSeeds([0.5, 0.5]), { n: 2, mean: 0.5, deviation: 0, interval: [0.5, 0.5] });
  deepStrictEqual(overSeeds([0.7]), {
    ...{ n: 1, mean: 0.7, deviation: undefined, interval: undefined },
  });
});

Deno.test("overSeeds() refuses nothing, what is no number, and a confidence that is none", () => {
  const message = /at least one number, all finite, received (none|NaN|Infinity)/;
  for (const values of [[], [1, NaN], [Infinity]]) {
    throws(() => overSeeds(values), { name: "RangeError", message });
  }
  throws(() => overSeeds([1, 2], 95), {
    name: "RangeError",
    message: "Cannot summarise runs: expected a confidence in (0, 1), received 95",
  });
});
