import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { takeLock } from "ser/support/lock.ts";
import { removeRun, removeRunDebris } from "ser/sweep/debris.ts";
import { runName } from "ser/training/experiment.ts";
import { writeRunFile } from "ser/training/stored_run.ts";
import { exampleResult, inFolder, small } from "./example.ts";

const FINISHED = runName(small(0)), OPEN = runName(small(1)), READERS = runName(small(2));

/** What a process that has ended was writing. */
const PART = `checkpoint.bin.0123abcd.${await endedProcess()}-${Deno.hostname()}.part`;

async function endedProcess(): Promise<number> {
  const child = new Deno.Command("true").spawn();
  await child.status;
  return child.pid;
}

/** Writes files, `lock` always among them. */
async function fill(folder: string, ...names: string[]): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const name of ["lock", ...names]) await Deno.writeTextFile(join(folder, name), "");
}

/** A stored run without its network. */
const store = async (runs: string, seed: number, temporary: boolean) => {
  const run = { ...await exampleResult(small(seed)), weights: "weights-00000000.bin", temporary };
  await fill(join(runs, run.name), run.weights);
  await writeRunFile(join(runs, run.name), run);
};

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("a run that a sweep stored goes once its result is there; a reader's stays", () =>
  inFolder(async (runs) => {
    await store(runs, 0, true);
    await store(runs, 1, true);
    await store(runs, 2, false);
    await removeRunDebris(runs, new Set([FINISHED, READERS]));
    deepStrictEqual(namesIn(runs), [OPEN, READERS].sort());
    deepStrictEqual(namesIn(join(runs, OPEN)), ["lock", "run.json", "weights-00000000.bin"]);
    await removeRunDebris(join(runs, "none"), new Set());
  }));

Deno.test("folders with nothing in them go, and files that no run names", () =>
  inFolder(async (runs) => {
    await fill(join(runs, "begun"), PART);
    await fill(join(runs, "under way"), "checkpoint.bin", "weights-0123abcd.bin");
    await fill(join(runs, "half.gone"), "weights-0123abcd.bin");
    await fill(join(runs, "damaged"), "weights-0123abcd.bin");
    await Deno.writeTextFile(join(runs, "damaged", "run.json"), "half of a");
    await Deno.mkdir(join(runs, "of the reader"));
    await removeRunDebris(runs, new Set());
    deepStrictEqual(namesIn(runs), ["damaged", "of the reader", "under way"]);
    deepStrictEqual(namesIn(join(runs, "under way")), ["checkpoint.bin", "lock"]);
    deepStrictEqual(namesIn(join(runs, "damaged")), ["lock", "run.json", "weights-0123abcd.bin"]);
  }));

Deno.test("nothing goes from under a process that lives", () =>
  inFolder(async (runs) => {
    await store(runs, 0, true);
    const folder = join(runs, FINISHED), lock = await takeLock(join(folder, "lock"));
    if (typeof lock === "string") throw new Error(lock);
    await Deno.writeTextFile(join(folder, PART), "");
    await removeRunDebris(runs, new Set([FINISHED]));
    await removeRun(folder);
    strictEqual(namesIn(folder).length, 4);
    await lock.release();
    await removeRun(folder);
    deepStrictEqual(namesIn(runs), []);
  }));
