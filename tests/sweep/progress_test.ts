import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { resultOf } from "ser/sweep/result.ts";
import type { SweepPlan } from "ser/sweep/plan.ts";
import { SweepProgress } from "ser/sweep/progress.ts";
import { runName } from "ser/training/experiment.ts";
import { exampleResult, small } from "./example.ts";

const grid = [0, 1, 2].map((seed) => small(seed));
const [a, b] = grid.map(runName);
const plan: SweepPlan = {
  ...{
    grid,
    finished: [],
    toRun: grid,
    withoutCorpus: [],
    refused: [],
    problems: [],
    otherCode: 0,
  },
  estimate: () => 100,
};

Deno.test("SweepProgress tells the time left of all workers together and what each does", async () => {
  const stays: string[] = [];
  const line = { update: () => {}, end: (text: string) => stays.push(text) };
  const progress = new SweepProgress(plan, 2, line);
  strictEqual(progress.text(), "0 of 3 · 3 min 20 s left"); // two at once, then the third
  progress.show({ type: "started", run: a, experiment: grid[0] });
  progress.show({ type: "started", run: b, experiment: grid[1] });
  progress.show({ type: "epoch", run: a, epoch: 2, epochs: 3, secondsLeft: 10 });
  strictEqual(progress.text(), "0 of 3 · 1 min 50 s left · sdnn emodb s0 2/3 · sdnn emodb s1 0/3");
  const result = resultOf(await exampleResult(grid[0]));
  progress.show({ type: "finished", run: a, result });
  progress.show({ type: "failed", run: b, reason: "it was killed", again: true });
  progress.show({ type: "warning", run: b, text: "mind the gap" });
  strictEqual(progress.text(), "1 of 3 · 1 min 40 s left");
  const right = result.predictions.filter(({ label }) => label === 1).length;
  deepStrictEqual(stays, [
    `1 of 3: EmoDB excerpt DNN, 3 epochs, seed 0: ${
      (100 * right / 38).toFixed(1)
    } % (${right} of 38) in 1 s`,
    "EmoDB excerpt DNN, 3 epochs, seed 1: it was killed; trying again",
    "EmoDB excerpt DNN, 3 epochs, seed 1: mind the gap",
  ]);
});

Deno.test("a run keeps its place on the line, and the next takes the one that is free", () => {
  const progress = new SweepProgress(plan, 2, { update: () => {}, end: () => {} });
  progress.show({ type: "started", run: a, experiment: grid[0] });
  progress.show({ type: "started", run: b, experiment: grid[1] });
  progress.show({ type: "failed", run: a, reason: "the loss is NaN", again: false });
  progress.show({ type: "started", run: runName(grid[2]), experiment: grid[2] });
  match(progress.text(), /sdnn emodb s2 0\/3 · sdnn emodb s1 0\/3$/);
});
