import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { existsSync } from "node:fs";
import process from "node:process";
import { fromFileUrl, join } from "@std/path";
import { loadBackend } from "ser/backend/load.ts";
import type { Engine, SweepEvent } from "ser/sweep/engine.ts";
import { sweep } from "ser/sweep/sweep.ts";
import { linesOf } from "ser/support/lines.ts";
import { takeLock } from "ser/support/lock.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { runName } from "ser/training/experiment.ts";
import { exampleResult, inFolder, resultsIn, small } from "./example.ts";
import { GRID, smallSweep } from "./run_sweep.ts";

const QUIET = { update() {}, end() {} };
const native = (await loadBackend()).name === "native"; // the others take too long for three sweeps

/** Whether a process runs; one that has ended stays listed until the system's first process takes note. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (Deno.build.os !== "linux") return true;
    return !/\) Z /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}

/** A sweep in a process of its own. */
const startSweep = (...args: string[]) =>
  new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", fromFileUrl(new URL("./run_sweep.ts", import.meta.url))],
      ...args,
    ],
    ...{ cwd: PROJECT_ROOT, stdout: "piped" },
  }).spawn();

/** What a sweep that nothing disturbs leaves; the first test finds out. */
const undisturbed: Record<string, unknown> = {};

Deno.test({
  name: "a sweep runs what is missing, once, and leaves results alone",
  ignore: !native,
  fn: () =>
    inFolder(async (folder) => {
      const [results, runs] = [join(folder, "results"), join(folder, "runs")];
      const summary = await smallSweep(results, runs);
      deepStrictEqual([summary.runs, summary.finished, summary.failed.size], [3, 3, 0]);
      Object.assign(undisturbed, resultsIn(results));
      const names = GRID.map((each) => `${runName(each)}.json`).sort();
      deepStrictEqual(Object.keys(undisturbed), names);
      strictEqual([...Deno.readDirSync(runs)].length, 0);
      const events: string[] = [];
      await smallSweep(results, runs, ({ type }) => events.push(type));
      deepStrictEqual(events, []);
      await Deno.remove(join(results, names[0]));
      await smallSweep(results, runs);
      deepStrictEqual(resultsIn(results), undisturbed); // the same numbers again
    }),
});

Deno.test({
  name: "a sweep with a worker killed in the middle ends as an undisturbed one",
  ignore: !native,
  fn: async () => {
    await inFolder(async (folder) => {
      const [results, runs] = [join(folder, "results"), join(folder, "runs")];
      const victim = runName(GRID[2]), pids: number[] = [], epochs: number[] = [];
      const finished: string[] = [];
      await smallSweep(results, runs, (event) => {
        if (event.type === "finished") finished.push(event.run);
        if (event.run !== victim) return;
        if (event.type === "started") pids.push(event.pid!);
        if (event.type !== "epoch") return;
        epochs.push(event.epoch);
        if (pids.length === 1 && event.epoch > 1) process.kill(pids[0], "SIGKILL");
      });
      strictEqual(pids.length, 2, "the victim was tried once more");
      ok(epochs.filter((epoch) => epoch === 1).length === 1, `not from the start: ${epochs}`);
      deepStrictEqual(finished.toSorted(), GRID.map(runName).sort());
      deepStrictEqual(resultsIn(results), undisturbed);
    });
  },
});

Deno.test({
  name: "a killed sweep leaves no worker behind, and the next one ends as an undisturbed one",
  ignore: !native,
  fn: async () => {
    await inFolder(async (folder) => {
      const [results, runs] = [join(folder, "results"), join(folder, "runs")];
      const child = startSweep(results, runs);
      const pids = new Set<number>(), finished: string[] = [];
      for await (const line of linesOf(child.stdout)) {
        const event: SweepEvent = JSON.parse(line);
        if (event.type === "started") pids.add(event.pid!);
        if (event.type === "finished") finished.push(event.run);
        if (event.type === "epoch" && event.run !== runName(GRID[0]) && event.epoch > 1) {
          child.kill("SIGKILL");
        }
      }
      strictEqual((await child.status).signal, "SIGKILL");
      const begun: string[] = [];
      const summary = await smallSweep(results, runs, ({ type, run }) => {
        if (type === "started") begun.push(run);
      });
      strictEqual(summary.finished, 3);
      ok(begun.every((run) => !finished.includes(run)), "nothing finished was begun again");
      ok(pids.size > 0 && [...pids].every((pid) => !lives(pid)), "no worker is left");
      deepStrictEqual(resultsIn(results), undisturbed);
    });
  },
});

Deno.test({
  name: "a sweep killed between a stored run and its end: the run is used, and goes",
  ignore: !native,
  fn: async () => {
    for (const when of ["before", "after"]) {
      await inFolder(async (folder) => {
        const [results, runs] = [join(folder, "results"), join(folder, "runs")];
        const child = startSweep(results, runs, when);
        for await (const _ of linesOf(child.stdout));
        strictEqual((await child.status).signal, "SIGKILL");
        const stored = [...Deno.readDirSync(runs)].map(({ name }) => name).filter((name) =>
          existsSync(join(runs, name, "run.json"))
        );
        strictEqual(stored.length, 1);
        const there = Object.keys(resultsIn(results)).length;
        strictEqual(there, when === "before" ? 0 : 1);
        const epochs: string[] = [];
        const onEvent = (event: SweepEvent) => event.type === "epoch" && epochs.push(event.run);
        await smallSweep(results, runs, onEvent, { grid: GRID.slice(0, 1) });
        deepStrictEqual(epochs, [], "it was not trained again");
        const file = `${stored[0]}.json`;
        deepStrictEqual(resultsIn(results), { [file]: undisturbed[file] });
        deepStrictEqual([...Deno.readDirSync(runs)], []);
      });
    }
  },
});

Deno.test("two sweeps do not share a folder", () =>
  inFolder(async (folder) => {
    const lock = await takeLock(join(folder, ".lock"));
    ok(typeof lock !== "string");
    await rejects(smallSweep(folder, folder), {
      name: "Busy",
      message: new RegExp(`^Cannot sweep into ".*": process ${Deno.pid} is doing so; wait for it`),
    });
    await lock.release();
  }));

/** An engine that finishes runs at once; what it reports may be made wrong. */
const fakeEngine = (change: (event: SweepEvent) => SweepEvent = (event) => event): Engine => ({
  workers: 1,
  description: "none",
  async run(experiments, { report }) {
    for (const each of experiments) {
      const run = runName(each), result = await exampleResult(each);
      await report(change({ type: "finished", run, result }));
    }
  },
});

Deno.test("a sweep that is stopped while its engine is being made has only what was there", () =>
  inFolder(async (folder) => {
    const controller = new AbortController(), { signal } = controller;
    const options = { folder, runs: folder, line: QUIET, signal };
    await sweep([small(0)], { ...options, engine: () => fakeEngine() });
    const engine = () => {
      controller.abort();
      return Promise.reject(new Error("the driver was killed"));
    };
    const { runs, finished, failed } = await sweep([small(0), small(1)], { ...options, engine });
    deepStrictEqual([runs, finished, failed.size], [2, 1, 0]);
    const broken = () => Promise.reject(new Error("no cluster"));
    const { signal: calm } = new AbortController();
    await rejects(sweep([small(1)], { ...options, signal: calm, engine: broken }), /no cluster/);
  }));

Deno.test("a result that is told twice counts once, and one of another run not at all", () =>
  inFolder(async (folder) => {
    const grid = [small(0), small(1)], { signal } = new AbortController();
    const options = { folder, runs: folder, line: QUIET, signal };
    const twice: Engine = {
      ...fakeEngine(),
      async run(experiments, told) {
        await fakeEngine().run([...experiments, experiments[0]], told);
      },
    };
    const { finished } = await sweep(grid, { ...options, engine: () => twice });
    strictEqual(finished, 2);
    await Deno.remove(join(folder, `${runName(grid[0])}.json`));
    const other = await exampleResult(grid[1]);
    const wrong = fakeEngine((event) => ({ ...event, result: other } as SweepEvent));
    await rejects(
      sweep(grid, { ...options, engine: () => wrong }),
      /^TypeError: Cannot store a result: expected that of sdnn_emodb_seed0/,
    );
  }));

Deno.test("a full disk ends a sweep with a message and leaves the results there", () =>
  inFolder(async (folder) => {
    const { signal } = new AbortController(), grid = [small(0), small(1)];
    const options = { folder, runs: folder, line: QUIET, signal };
    await sweep(grid.slice(0, 1), { ...options, engine: () => fakeEngine() });
    const before = resultsIn(folder), write = Deno.writeFile;
    Deno.writeFile = () => Promise.reject(new Error("No space left on device (os error 28)"));
    try {
      await rejects(sweep(grid, { ...options, engine: () => fakeEngine() }), (error: Error) => {
        strictEqual(error.name, "DiskFullError");
        match(error.message, /^the result of sdnn_.* cannot be stored: No space left on device/);
        return true;
      });
    } finally {
      Deno.writeFile = write;
    }
    deepStrictEqual(resultsIn(folder), before);
  }));
