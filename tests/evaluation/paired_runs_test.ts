import { deepStrictEqual } from "node:assert/strict";
import { pairedRuns } from "ser/evaluation/paired_runs.ts";
import type { FinishedRun, RunGroup } from "ser/evaluation/run_groups.ts";

/** A group of which nothing but the seeds matters. */
const group = (name: string, ...seeds: number[]): RunGroup => {
  const runs = seeds.map((seed) => ({ name: `${name}${seed}`, experiment: { seed } }));
  return { runs: runs as unknown as FinishedRun[] } as RunGroup;
};

Deno.test("pairedRuns() pairs the seeds that both have, rising", () => {
  const pairs = pairedRuns(group("a", 3, 0, 1), group("b", 1, 2, 3));
  deepStrictEqual(pairs.map((pair) => pair.map(({ name }) => name)), [["a1", "b1"], ["a3", "b3"]]);
  deepStrictEqual(pairedRuns(group("a", 0), group("b")), []);
});
