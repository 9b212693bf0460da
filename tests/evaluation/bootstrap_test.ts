import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { clusterBootstrap } from "ser/evaluation/bootstrap.ts";
import { RandomState } from "ser/support/random.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

Deno.test("clusterBootstrap() draws what NumPy's RandomState.randint draws", async () => {
  type Case = { seed: number; speakers: string[]; resamples: number; firstDraws: number[][] };
  const { cases } = await readFixture<{ cases: Case[] }>("bootstrap.json");
  for (const { seed, speakers, firstDraws } of cases) {
    const drawn: number[][] = [];
    const clusters = [...new Set(speakers)].map((_, i) => i);
    const note = (chosen: readonly number[]) => drawn.push([...chosen]);
    clusterBootstrap(clusters, note, { seed, resamples: firstDraws.length });
    deepStrictEqual(drawn.slice(0, firstDraws.length), firstDraws);
  }
});

Deno.test("clusterBootstrap() equals a slow count of percentiles", () => {
  const values = [0.1, 0.5, 0.7, 0.2, 0.9], random = new RandomState(7);
  const means = Array.from(
    { length: 201 },
    () => mean(Array.from(values, () => values[random.integer(4)])),
  ).sort((a, b) => a - b);
  const { estimate, interval } = clusterBootstrap(values, mean, {
    ...{ seed: 7, resamples: 201, confidence: 0.9 },
  });
  near([estimate, ...interval], [0.48, means[10], means[190]], "5 % and 95 % of 201"); // 0.05 x 200
});

Deno.test("clusterBootstrap() of single yes and no answers is the binomial distribution", () => {
  // 27 of 36; SciPy's binom.ppf([0.025, 0.975], 36, 0.75) is 22 and 32
  const answers = Array.from({ length: 36 }, (_, i) => i < 27 ? 1 : 0);
  const { interval } = clusterBootstrap(answers, mean, { seed: 0 });
  near(interval, [22 / 36, 32 / 36], "10000 resamples");
});

Deno.test("clusterBootstrap() depends on the seed alone", () => {
  const values = [1, 2, 4, 8, 16];
  const of = (seed: number) => clusterBootstrap(values, mean, { seed, resamples: 50 });
  deepStrictEqual(of(3), of(3));
  ok(of(3).interval[0] !== of(4).interval[0] || of(3).interval[1] !== of(4).interval[1]);
});

Deno.test("clusterBootstrap() refuses one cluster, no resample, and a statistic that is no number", () => {
  const message = /expected at least 2 clusters and 1 resample, received/;
  throws(() => clusterBootstrap([1], mean, { seed: 0 }), { name: "RangeError", message });
  throws(() => clusterBootstrap([1, 2], mean, { seed: 0, resamples: 0 }), {
    name: "RangeError",
    message,
  });
  throws(() => clusterBootstrap([1, 2], mean, { seed: 0, confidence: 1 }), {
    name: "RangeError",
    message: "Cannot bootstrap: expected a confidence in (0, 1), received 1",
  });
  throws(() => clusterBootstrap([1, NaN], mean, { seed: 0 }), {
    name: "RangeError",
    message: "Cannot bootstrap: expected a finite statistic, received NaN",
  });
});
