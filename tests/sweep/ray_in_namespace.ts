/** The tests that ray_namespace_test.ts runs in a network namespace; the first word is a Python with Ray. */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import type { SweepEvent } from "ser/sweep/engine.ts";
import { LocalEngine } from "ser/sweep/local_engine.ts";
import { RayEngine, type RayOptions } from "ser/sweep/ray/engine.ts";
import { sweep } from "ser/sweep/sweep.ts";
import { runName } from "ser/training/experiment.ts";
import { inFolder, resultsIn, small } from "./example.ts";
import { ADDRESS, CLIENT_ADDRESS, processesWith, RayNodes, until } from "./ray_nodes.ts";
import { copyProject, NEED, raySweep as sweepOnRay, TOKEN } from "./ray_sweep.ts";

const [PYTHON] = Deno.args;
const GRID = [0, 1, 2].map((seed) => small(seed, 250)); // some seconds each
const WORKER = "lib/sweep/worker.ts", DRIVER = "ray/driver.py";

/** Sweeps on the cluster. */
const raySweep = (results: string, options: Partial<Parameters<typeof sweepOnRay>[0]>) =>
  sweepOnRay({ python: PYTHON, results, grid: GRID, ...options });

/** Does something once, when two runs are under way and so many epochs have been told since. */
function whenBothRun(epochs: number, action: () => void): (event: SweepEvent) => void {
  const running = new Set<string>();
  let left = epochs;
  return ({ run, type }) => {
    if (type === "finished" || type === "failed") running.delete(run);
    if (type === "started") running.add(run);
    if (type === "epoch" && running.size === 2 && left-- === 0) action();
  };
}

const noWorkerLeft = () => until("no worker is left", () => processesWith(WORKER).length === 0);

Deno.test("Ray with two nodes", async (t) => {
  for (const name of Object.keys(TOKEN)) Deno.env.delete(name);
  await inFolder(async (folder) => {
    const short = await Deno.makeTempDir({ dir: "/tmp", prefix: "r" });
    const nodes = new RayNodes(PYTHON, short), project = await copyProject(folder);
    const results = (name: string) => join(folder, name);
    const undisturbed = results("local");
    try {
      const { signal } = new AbortController(), estimate = () => 10;
      const connect = (options: Partial<RayOptions> = {}) =>
        RayEngine.connect({
          ...{ python: PYTHON, address: ADDRESS, need: NEED, project, estimate },
          ...options,
        }, signal);
      await t.step("a cluster that is not there, or asks for no token, is refused", async () => {
        await nodes.start("a", { RAY_AUTH_MODE: "disabled" });
        await rejects(connect(), { message: /: this machine has no token\nThe token is in / });
        for (const [name, value] of Object.entries(TOKEN)) Deno.env.set(name, value);
        await rejects(connect(), {
          name: "ClusterError",
          message: /the cluster asks for no token: whoever reaches it .*\n.*--without-token/,
        });
        const engine = await connect({ withoutToken: true });
        strictEqual(engine.workers, 1);
        await engine.end();
        await nodes.stop();
        await rejects(connect({ address: "auto" }), {
          message: /^Cannot use a Ray cluster on this machine: .*\nThe sweep starts none/s,
        });
        await rejects(connect(), {
          message:
            /^Cannot use the Ray cluster .*: nothing there has answered as Ray does in 10 s\n/,
        });
      });

      await nodes.start("a", TOKEN);
      await nodes.start("b", TOKEN);
      await nodes.ready(2);

      await t.step("a wrong token is refused", async () => {
        Deno.env.set("RAY_AUTH_TOKEN", "a-wrong-token-of-these-tests-alone");
        try {
          await rejects(connect(), { name: "ClusterError", message: /token/i });
        } finally {
          Deno.env.set("RAY_AUTH_TOKEN", TOKEN.RAY_AUTH_TOKEN);
        }
      });

      await t.step("a sweep ends as one of this machine's processes does", async () => {
        const plan = { workers: 2, threads: 1 }, runs = join(folder, "runs");
        await sweep(GRID, {
          ...{ folder: undisturbed, runs, signal, line: { update() {}, end() {} } },
          engine: ({ estimate }) => new LocalEngine({ plan, estimate, runs }),
        });
        const { finished, failed } = await raySweep(results("ray"), { project });
        deepStrictEqual([finished.toSorted(), failed], [GRID.map(runName), []]);
        deepStrictEqual(resultsIn(results("ray")), resultsIn(undisturbed));
        deepStrictEqual([...Deno.readDirSync(join(project, "outputs/mine/runs"))], []);
      });

      await t.step("a node killed in the middle of its run loses nothing", async () => {
        const there = results("node"), onEvent = whenBothRun(2, () => nodes.kill("b"));
        try {
          const { summary, finished, failed } = await raySweep(there, { project, onEvent });
          deepStrictEqual([finished.toSorted(), summary.failed.size], [GRID.map(runName), 0]);
          strictEqual(failed.length, 1, failed.join("\n"));
          deepStrictEqual(resultsIn(there), resultsIn(undisturbed));
          await noWorkerLeft();
        } finally {
          await nodes.start("b", TOKEN);
          await nodes.ready(2);
        }
      });

      await t.step("a killed process of Ray, or of Deno, is replaced", async () => {
        for (const [name, victim] of [["ray", "ray::sdnn"], ["deno", WORKER]]) {
          const there = results(`killed ${name}`);
          const killOne = () => Deno.kill(processesWith(victim)[0], "SIGKILL");
          const onEvent = whenBothRun(2, killOne);
          const { finished, failed } = await raySweep(there, { project, onEvent });
          strictEqual(failed.length, 1, failed.join("\n"));
          deepStrictEqual(finished.toSorted(), GRID.map(runName));
          deepStrictEqual(resultsIn(there), resultsIn(undisturbed));
          await noWorkerLeft();
        }
      });

      await t.step(
        "a killed driver leaves nothing behind, and the next sweep goes on",
        async () => {
          const there = results("driver");
          const kill = () => Deno.kill(processesWith(DRIVER)[0], "SIGKILL");
          await rejects(raySweep(there, { project, onEvent: whenBothRun(3, kill) }), {
            name: "ClusterError",
            message: /^The connection to the Ray cluster is lost/,
          });
          await noWorkerLeft();
          await raySweep(there, { project });
          deepStrictEqual(resultsIn(there), resultsIn(undisturbed));
        },
      );

      await t.step("a stop leaves nothing behind and keeps what the runs have done", async () => {
        const there = results("stop"), controller = new AbortController();
        const onEvent = whenBothRun(2, () => controller.abort());
        await raySweep(there, { project, onEvent, signal: controller.signal });
        strictEqual(processesWith(DRIVER).length, 0);
        await noWorkerLeft();
        ok([...Deno.readDirSync(join(project, "outputs/mine/runs"))].length >= 2);
        const epochs: number[] = [];
        await raySweep(there, {
          project,
          onEvent: (event) => {
            if (event.type === "epoch") epochs.push(event.epoch);
          },
        });
        ok(!epochs.slice(0, 2).includes(1), `not from the start: ${epochs}`);
        deepStrictEqual(resultsIn(there), resultsIn(undisturbed));
      });

      await t.step("a client that sends the project gets the same results", async () => {
        const grid = GRID.slice(0, 2), there = results("client");
        const { failed } = await raySweep(there, { address: CLIENT_ADDRESS, grid });
        deepStrictEqual(failed, []);
        const all = resultsIn(undisturbed), names = grid.map((each) => `${runName(each)}.json`);
        deepStrictEqual(resultsIn(there), Object.fromEntries(names.map((n) => [n, all[n]])));
      });

      await t.step("nodes of other code do nothing, and say so", async () => {
        await Deno.writeTextFile(join(project, "lib/training/fit.ts"), "// other code\n", {
          append: true,
        });
        const { summary } = await raySweep(results("other"), { project });
        const [reason] = summary.failed.values();
        match(
          reason,
          /^expected this version of the training code \([0-9a-f]{12}\) on the nodes, received /,
        );
      });

      await t.step("a run that no node can host is warned of", async () => {
        const engine = await connect({ need: { ...NEED, cpus: 64 } });
        match(
          engine.description,
          /^Ray cluster of 2 nodes with 2 CPUs .*: 0 runs at once, .*64 CPUs.*\nWarning: no node has/,
        );
        await engine.end();
      });
    } finally {
      await nodes.stop();
      await Deno.remove(short, { recursive: true });
    }
  });
});
