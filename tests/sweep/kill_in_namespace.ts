/**
 * The tests that kill_test.ts runs in a namespace; the first word is a Python with Ray. Each kind of
 * process is killed some times, each time at a random moment of a sweep over the grid of run_sweep.ts.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { linesOf } from "ser/support/lines.ts";
import { RandomState } from "ser/support/random.ts";
import type { SweepEvent } from "ser/sweep/engine.ts";
import { loadCheckpoint } from "ser/training/checkpoint.ts";
import { inFolder, resultsIn } from "./example.ts";
import { processesWith, RayNodes, until } from "./ray_nodes.ts";
import { copyProject, TOKEN } from "./ray_sweep.ts";

const [PYTHON] = Deno.args;
const TIMES = Number(Deno.env.get("SER_KILL_TIMES") ?? 3);
const ONLY = Deno.env.get("SER_KILL_ONLY") ?? "";
const OURS = ["lib/sweep/worker.ts", "ray/node.ts", "ray/driver.py"];
const SEED = Number(Deno.env.get("SER_KILL_SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const random = new RandomState(SEED);
const fraction = () => random.uint32() / 2 ** 32;

const sleep = (seconds: number) => new Promise((done) => setTimeout(done, 1000 * seconds));
const say = (text: string) => console.log(`    ${text}`);
const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

/** Where a sweep is killed. */
interface Place {
  /** The program of this folder that sweeps, and its arguments before the folder of results. */
  command: string[];
  /** Its arguments after that. */
  rest: string[];
  /** The folder of runs. */
  runs: string;
}

/** A sweep that has been started. */
interface Sweep {
  child: Deno.ChildProcess;
  /** The first epoch that is told of each run, once it has ended. */
  begun: Promise<Map<string, number>>;
}

function start({ command: [program, ...args], rest }: Place, results: string): Sweep {
  const path = fromFileUrl(new URL(program, import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", path, ...args, results, ...rest],
    ...{ cwd: PROJECT_ROOT, stdout: "piped" },
  }).spawn();
  return { child, begun: firstEpochs(child.stdout) };
}

async function firstEpochs(stream: ReadableStream<Uint8Array>): Promise<Map<string, number>> {
  const begun = new Map<string, number>();
  for await (const line of linesOf(stream)) {
    const event: SweepEvent = JSON.parse(line);
    if (event.type === "epoch" && !begun.has(event.run)) begun.set(event.run, event.epoch);
  }
  return begun;
}

/** What is killed, and what makes it whole again. */
interface Victim {
  /** False if there is none just now. */
  kill: (sweep: Deno.ChildProcess) => boolean;
  /** Whether the sweep dies of it. */
  fatal?: boolean;
  mend?: () => Promise<void>;
}

const sweepItself: Victim = { kill: (sweep) => (sweep.kill("SIGKILL"), true), fatal: true };

/** One of the processes that have a text in their command lines. */
const oneWith = (...texts: string[]): Victim => ({
  kill: () => {
    const pids = texts.flatMap(processesWith);
    if (pids.length > 0) Deno.kill(pids[Math.floor(fraction() * pids.length)], "SIGKILL");
    return pids.length > 0;
  },
});

/** What a sweep that nothing disturbs comes to, in what time. */
async function undisturbedSweep(place: Place, results: string) {
  const begin = performance.now();
  ok((await start(place, results).child.status).success);
  const seconds = (performance.now() - begin) / 1000, undisturbed = resultsIn(results);
  strictEqual(Object.keys(undisturbed).length, 3);
  return { seconds, undisturbed, files: namesIn(results) };
}

type Undisturbed = Awaited<ReturnType<typeof undisturbedSweep>>;

/** The next sweep after one that was killed: it goes on from the checkpoints. */
async function goOn(place: Place, results: string): Promise<number> {
  const kept = new Map<string, number>();
  for (const run of await Deno.stat(place.runs).then(() => namesIn(place.runs), () => [])) {
    const checkpoint = await loadCheckpoint(join(place.runs, run, "checkpoint.bin"));
    if (checkpoint) kept.set(run, checkpoint.state.epoch);
  }
  const { child, begun } = start(place, results);
  ok((await child.status).success, "the next sweep finishes it");
  for (const [run, epoch] of await begun) {
    ok(epoch > (kept.get(run) ?? 0), `${run} went on at ${epoch} after ${kept.get(run)}`);
  }
  return [...kept].filter(([, epoch]) => epoch > 0).length;
}

/** One sweep in which something is killed: what went on from a checkpoint; undefined if it came too late. */
async function disturbed(place: Place, victim: Victim, seconds: number, results: string) {
  const moment = fraction() * seconds, begin = performance.now();
  const { child } = start(place, results);
  let running = true;
  child.status.then(() => running = false);
  await sleep(moment);
  let killed = running && victim.kill(child);
  while (running && !killed) {
    await sleep(0.05);
    killed = running && victim.kill(child);
  }
  if (!killed) return undefined;
  const at = ((performance.now() - begin) / 1000).toFixed(1);
  const there = Object.keys(resultsIn(results)).length;
  const { success, signal } = await child.status;
  strictEqual(victim.fatal ? signal : success, victim.fatal ? "SIGKILL" : true);
  const gone = () => OURS.every((text) => processesWith(text).length === 0);
  await until("no process of the sweep is left", gone, 60);
  const resumed = victim.fatal ? await goOn(place, results) : 0;
  say(`killed after ${at} s, ${there} of 3 results there, ${resumed} went on from checkpoints`);
  return resumed;
}

/** Tests that it ends as if nothing had happened, and leaves no more than that. */
async function killOften(
  t: Deno.TestContext,
  name: string,
  [place, usual]: [Place, Undisturbed],
  victim: Victim,
) {
  if (!name.startsWith(ONLY)) return;
  await t.step(`${name}, killed ${TIMES} times`, async () => {
    let resumed = 0;
    for (let kills = 0, sweeps = 0; kills < TIMES; sweeps++) {
      ok(sweeps < 5 * TIMES, "the moments come too late");
      await inFolder(async (folder) => {
        const results = join(folder, "results");
        await Deno.mkdir(results);
        const went = await disturbed(place, victim, usual.seconds, results);
        deepStrictEqual(resultsIn(results), usual.undisturbed);
        deepStrictEqual(namesIn(results), usual.files);
        deepStrictEqual(namesIn(place.runs), []);
        if (went === undefined) return say("the sweep was done before that; another moment");
        kills++;
        resumed += went;
        await victim.mend?.();
      });
    }
    if (victim.fatal) ok(resumed > 0, "no kill came after a checkpoint");
  });
}

Deno.test(`kill -9 at random moments, SER_KILL_SEED=${SEED}`, (t) =>
  inFolder(async (folder) => {
    Deno.env.set("SER_TEST_MODEL", "cnn");
    for (const [name, value] of Object.entries(TOKEN)) Deno.env.set(name, value);
    const runs = join(folder, "runs");
    const here: Place = { command: ["run_sweep.ts"], rest: [runs], runs };
    const usual = await undisturbedSweep(here, join(folder, "local"));
    console.log(`  undisturbed on this machine: ${usual.seconds.toFixed(1)} s`);
    await killOften(t, "local engine, the sweep", [here, usual], sweepItself);
    await killOften(t, "local engine, a worker", [here, usual], oneWith(OURS[0]));
    if (ONLY.startsWith("local")) return;

    const short = await Deno.makeTempDir({ dir: "/tmp", prefix: "r" });
    const nodes = new RayNodes(PYTHON, short), project = await copyProject(folder);
    try {
      await nodes.start("a", TOKEN);
      await nodes.start("b", TOKEN);
      await nodes.ready(2);
      const there: Place = {
        ...{ command: ["ray_sweep.ts", PYTHON, project], rest: [] },
        runs: join(project, "outputs/mine/runs"),
      };
      const slower = await undisturbedSweep(there, join(folder, "ray"));
      deepStrictEqual(slower.undisturbed, usual.undisturbed);
      console.log(`  undisturbed on two Ray nodes: ${slower.seconds.toFixed(1)} s`);
      await killOften(t, "Ray, the sweep", [there, slower], sweepItself);
      const process = oneWith(...OURS.slice(0, 2), "ray::dbn", "ray::cnn");
      await killOften(t, "Ray, a process of Deno or Ray that does a run", [there, slower], process);
      await killOften(t, "Ray, a node", [there, slower], {
        kill: () => (nodes.kill("b"), true),
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
