/**
 * The tests that kill_test.ts runs in a namespace; the first word is a Python with Ray. Each kind of process
 * is killed three times, each time at a random moment of a sweep over the grid of run_sweep.ts.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { RandomState } from "ser/support/random.ts";
import { inFolder, resultsIn } from "./example.ts";
import { processesWith, RayNodes, until } from "./ray_nodes.ts";
import { copyProject, TOKEN } from "./ray_sweep.ts";

const [PYTHON] = Deno.args;
const TIMES = 3;
const WORKER = "lib/sweep/worker.ts", DRIVER = "ray_driver.py";
const SEED = Number(Deno.env.get("SER_KILL_SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const random = new RandomState(SEED);
const fraction = () => random.uint32() / 2 ** 32;

const sleep = (seconds: number) => new Promise((done) => setTimeout(done, 1000 * seconds));
const say = (text: string) => console.log(`    ${text}`);

/** Kills one of the processes that have a text in their command lines. */
function killOneWith(...texts: string[]): boolean {
  const pids = texts.flatMap(processesWith);
  if (pids.length === 0) return false;
  Deno.kill(pids[Math.floor(fraction() * pids.length)], "SIGKILL");
  return true;
}

/** Starts a program of this folder. */
const start = (program: string, ...args: string[]) =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", fromFileUrl(new URL(program, import.meta.url)), ...args],
    ...{ cwd: PROJECT_ROOT, stdout: "null" },
  }).spawn();

/** Where a sweep is killed. */
interface Place {
  /** Starts a sweep. */
  start: (results: string) => Deno.ChildProcess;
  /** What it should come to. */
  undisturbed: Record<string, unknown>;
  /** Seconds that it takes undisturbed. */
  seconds: number;
  /** Forgets what the runs have kept. */
  clear: () => Promise<void>;
}

/** What is killed, and what makes it whole again. */
interface Victim {
  /** False if there is none just now. */
  kill: (sweep: Deno.ChildProcess) => boolean;
  /** Whether the sweep dies of it. */
  fatal: boolean;
  mend?: () => Promise<void>;
}

const sweepItself: Victim = {
  kill: (sweep) => {
    sweep.kill("SIGKILL");
    return true;
  },
  fatal: true,
};
const oneWith = (...texts: string[]): Victim => ({
  kill: () => killOneWith(...texts),
  fatal: false,
});

/** One sweep in which something is killed; false if it was done before that. */
async function disturbed(place: Place, victim: Victim, results: string): Promise<boolean> {
  const moment = fraction() * place.seconds, begin = performance.now();
  const child = place.start(results);
  let running = true;
  child.status.then(() => running = false);
  await sleep(moment);
  let killed = running && victim.kill(child);
  while (running && !killed) {
    await sleep(0.05);
    killed = running && victim.kill(child);
  }
  const at = ((performance.now() - begin) / 1000).toFixed(1);
  const there = Object.keys(resultsIn(results)).length;
  if (!killed) return false;
  say(`killed after ${at} s (drawn: ${moment.toFixed(1)} s), ${there} of 3 results there`);
  const { success, signal } = await child.status;
  strictEqual(victim.fatal ? signal : success, victim.fatal ? "SIGKILL" : true);
  await until(
    "no process of the sweep is left",
    () => processesWith(WORKER).length + processesWith(DRIVER).length === 0,
    60,
  );
  if (victim.fatal) ok((await place.start(results).status).success, "the next sweep finishes it");
  return true;
}

/** Tests that it ends as if nothing had happened. */
async function killThrice(t: Deno.TestContext, name: string, place: Place, victim: Victim) {
  await t.step(`${name}, killed ${TIMES} times`, async () => {
    for (let kills = 0, sweeps = 0; kills < TIMES; sweeps++) {
      ok(sweeps < 5 * TIMES, "the moments come too late");
      await inFolder(async (folder) => {
        const results = join(folder, "results");
        await Deno.mkdir(results);
        const killed = await disturbed(place, victim, results);
        deepStrictEqual(resultsIn(results), place.undisturbed);
        if (!killed) return say("the sweep was done before that; another moment is drawn");
        kills++;
        await victim.mend?.();
      });
      await place.clear();
    }
  });
}

/** Sweeps without a kill; what comes out, and in what time. */
async function undisturbedSweep(start: Place["start"], results: string) {
  const begin = performance.now();
  ok((await start(results).status).success);
  const seconds = (performance.now() - begin) / 1000, undisturbed = resultsIn(results);
  strictEqual(Object.keys(undisturbed).length, 3);
  return { seconds, undisturbed };
}

const empty = (folder: string) => async () => {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
};

Deno.test(`kill -9 at random moments, SER_KILL_SEED=${SEED}`, (t) =>
  inFolder(async (folder) => {
    for (const [name, value] of Object.entries(TOKEN)) Deno.env.set(name, value);
    const runs = join(folder, "runs");
    const here = (results: string) => start("run_sweep.ts", results, runs);
    const local: Place = {
      ...{ start: here, clear: empty(runs) },
      ...await undisturbedSweep(here, join(folder, "local")),
    };
    console.log(`  undisturbed on this machine: ${local.seconds.toFixed(1)} s`);
    await killThrice(t, "local engine, the sweep", local, sweepItself);
    await killThrice(t, "local engine, a worker", local, oneWith(WORKER));

    const short = await Deno.makeTempDir({ dir: "/tmp", prefix: "r" });
    const nodes = new RayNodes(PYTHON, short), project = await copyProject(folder);
    try {
      await nodes.start("a", TOKEN);
      await nodes.start("b", TOKEN);
      await nodes.ready(2);
      const there = (results: string) => start("ray_sweep.ts", PYTHON, project, results);
      const ray: Place = {
        ...{ start: there, clear: empty(join(project, "outputs")) },
        ...await undisturbedSweep(there, join(folder, "ray")),
      };
      deepStrictEqual(ray.undisturbed, local.undisturbed);
      console.log(`  undisturbed on two Ray nodes: ${ray.seconds.toFixed(1)} s`);
      await killThrice(t, "Ray, the sweep", ray, sweepItself);
      await killThrice(t, "Ray, a process of Deno or Ray that does a run", ray, {
        ...oneWith(WORKER, "ray::dbn", "ray::sdnn"),
      });
      await killThrice(t, "Ray, a node", ray, {
        kill: () => (nodes.kill("b"), true),
        fatal: false,
        mend: async () => {
          await nodes.start("b", TOKEN);
          await nodes.ready(2);
        },
      });
    } finally {
      await nodes.stop();
      await Deno.remove(short, { recursive: true });
    }
  }));
