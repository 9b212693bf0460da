import { deepStrictEqual, notDeepStrictEqual, ok } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { type Draws, seededDraws } from "ser/dbn/draws.ts";

await loadBackend();

const N = 20000;

function moments(values: ArrayLike<number>) {
  const list = Array.from(values), mean = list.reduce((a, b) => a + b) / list.length;
  return {
    mean,
    deviation: Math.sqrt(list.reduce((s, x) => s + (x - mean) ** 2, 0) / list.length),
  };
}

Deno.test("seededDraws() has the moments of each distribution", () => {
  const draws = seededDraws(5);
  const standard = [
    [draws.uniform([N]), 0.5, 1 / Math.sqrt(12)],
    [draws.normal([N]), 0, 1],
    // normal density on [-0.2, 0.2] is flat to 2 %, standard deviation 0.11499 (SciPy truncnorm.std)
    [draws.truncatedNormal([N], 0.2), 0, 0.11499],
    [draws.truncatedNormal([N], 2), 0, 0.87963], // likewise
  ] as const;
  for (const [drawn, mean, deviation] of standard) {
    const values = drawn.dataSync(), found = moments(values);
    // five standard errors of the mean, and of a standard deviation (at most 1 / sqrt(2 n))
    ok(Math.abs(found.mean - mean) < 5 * deviation / Math.sqrt(N), `${found.mean} for ${mean}`);
    ok(Math.abs(found.deviation / deviation - 1) < 5 / Math.sqrt(2 * N), `${found.deviation}`);
    drawn.dispose();
  }
});

Deno.test("seededDraws() keeps truncated numbers within the bound and permutes every index", () => {
  const draws = seededDraws(6);
  for (const bound of [0.2, 2]) {
    const largest = draws.truncatedNormal([N], bound).abs().max().dataSync()[0];
    ok(largest <= Math.fround(bound) && largest > 0.98 * bound, `${largest} of ${bound}`);
  }
  deepStrictEqual([...draws.permutation(50)].sort((a, b) => a - b), [...Array(50).keys()]);
});

Deno.test("seededDraws() repeats a seed, and never itself", () => {
  const all = (draws: Draws) =>
    [draws.uniform([4, 2]), draws.normal([5]), draws.truncatedNormal([5], 1)]
      .map((x) => [...x.dataSync()]).concat([[...draws.permutation(9)]]);
  const draws = seededDraws(1);
  const first = all(draws), second = all(draws);
  deepStrictEqual(all(seededDraws(1)), first);
  all(seededDraws(2)).forEach((values, i) => notDeepStrictEqual(values, first[i]));
  second.forEach((values, i) => notDeepStrictEqual(values, first[i]));
});
