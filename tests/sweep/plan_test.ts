import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { encodeResult, resultOf } from "ser/sweep/result.ts";
import { makePlan } from "ser/sweep/plan.ts";
import { planText } from "ser/sweep/plan_text.ts";
import { storeResult } from "ser/sweep/results_folder.ts";
import { experiment, runName } from "ser/training/experiment.ts";
import { exampleResult, inFolder, small } from "./example.ts";

const runs = "no/such/folder";
const grid = [0, 1, 2, 3].map((seed) => small(seed));
const names = grid.map(runName);
const results = await Promise.all(grid.map(async (each) => resultOf(await exampleResult(each))));

Deno.test("makePlan() divides a grid into finished, to run and refused, and changes nothing", () =>
  inFolder(async (folder) => {
    await storeResult(folder, results[0]);
    await Deno.writeTextFile(join(folder, `${names[1]}.json`), "damaged");
    const data = { ...results[2].data, hash: "0".repeat(64) };
    await Deno.writeTextFile(
      join(folder, `${names[2]}.json`),
      await encodeResult({ ...results[2], data }),
    );
    const before = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    const plan = await makePlan(grid, { folder, runs });
    deepStrictEqual(plan.finished.map(({ name }) => name), [names[0]]);
    deepStrictEqual(plan.toRun.map(runName), [names[1], names[3]]);
    deepStrictEqual(plan.refused.map(runName), [names[2]]);
    strictEqual(plan.otherCode, 0);
    const text = planText(plan, 2);
    match(text, /^4 runs: 1 finished, 3 missing, about \d+ s with 2 at once\n/);
    match(text, /\n {2}EmoDB excerpt DNN, 3 epochs {2}seeds 1, 3: \d+ s\n/);
    match(
      text,
      new RegExp(`Not counted: ${names[1]}\\.json: .*; it is run again, the file kept beside`),
    );
    match(
      text,
      new RegExp(`Not counted: ${names[2]}\\.json: .*; move the file away to have it run`),
    );
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), before);
  }));

Deno.test("a plan says when nothing is missing, and what other code made", () =>
  inFolder(async (folder) => {
    const codes = [{ training: "0".repeat(64) }, { lib: "0".repeat(64) }]; // the latter: of an earlier version
    for (const [i, result] of results.entries()) {
      await storeResult(folder, { ...result, code: codes[i % 2] });
    }
    const plan = await makePlan(grid, { folder, runs });
    const [first, second] = planText(plan, 2).split("\n");
    strictEqual(first, "4 runs, all finished: nothing is missing");
    match(second, /^4 of the finished were made by other code than the present/);
    const fewer = await makePlan(grid.slice(1), { folder, runs });
    strictEqual(fewer.finished.length, 3); // a result that is not of the grid is not counted
  }));

Deno.test("a plan tells the corpus that is not here and does not wait for it", () =>
  inFolder(async (folder) => {
    const before = Deno.env.get("SER_DATA"), places = join(folder, "corpora");
    await Deno.mkdir(places);
    Deno.env.set("SER_DATA", places);
    try {
      const ravdess = [0, 1].map((seed) => experiment({ model: "sdnn", seed }));
      const plan = await makePlan([...ravdess, grid[0]], { folder, runs });
      if (plan.withoutCorpus.length === 0) return; // this checkout has RAVDESS in data/
      deepStrictEqual(plan.toRun.map(runName), [names[0]]);
      match(planText(plan, 1), /\nCannot find RAVDESS: nothing in .*deno task data ravdess/);
    } finally {
      if (before === undefined) Deno.env.delete("SER_DATA");
      else Deno.env.set("SER_DATA", before);
    }
  }));

Deno.test("a plan estimates from what was measured here", () =>
  inFolder(async (folder) => {
    await storeResult(folder, { ...results[0], seconds: 30 }); // 10 s an epoch
    const { estimate } = await makePlan(grid, { folder, runs });
    strictEqual(estimate(small(3, 6)), 5 + 60);
  }));
