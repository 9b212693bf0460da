/** The tests that ray_namespace_test.ts runs in a network namespace; the first word is a Python with Ray. */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import type { SweepEvent } from "ser/sweep/engine.ts";
import { LocalEngine } from "ser/sweep/local_engine.ts";
import { RayDriver, type RayOptions } from "ser/sweep/ray_driver.ts";
import { RayEngine } from "ser/sweep/ray_engine.ts";
import { sweep } from "ser/sweep/sweep.ts";
import { runName } from "ser/training/experiment.ts";
import { inFolder, resultsIn, small } from "./example.ts";
import { ADDRESS, CLIENT_ADDRESS, processesWith, RayNodes, until } from "./ray_nodes.ts";
import { copyProject, NEED, raySweep as sweepOnRay, TOKEN } from "./ray_sweep.ts";

const [PYTHON] = Deno.args;
const GRID = [0, 1, 2].map((seed) => small(seed, 250)); // some seconds each
const WORKER = "lib/sweep/worker.ts";

/** Sweeps on the cluster; told of every event. */
const raySweep = (
  results: string,
  options: Partial<RayOptions>,
  onEvent?: (event: SweepEvent) => void,
  grid = GRID,
) => sweepOnRay({ python: PYTHON, results, grid, onEvent, ...options });

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
      await t.step("a cluster that is not there, or asks for no token, is refused", async () => {
        const options = { address: ADDRESS, need: NEED, project };
        await nodes.start("a", { RAY_AUTH_MODE: "disabled" });
        for (const [name, value] of Object.entries(TOKEN)) Deno.env.set(name, value);
        await rejects(RayDriver.connect(PYTHON, options), {
          name: "ClusterError",
          message: /the cluster asks for no token: whoever reaches it .*\n.*--without-token/,
        });
        const driver = await RayDriver.connect(PYTHON, { ...options, withoutToken: true });
        strictEqual(driver.nodes.length, 1);
        await driver.stop();
        await nodes.stop();
        await rejects(RayDriver.connect(PYTHON, { need: NEED }), {
          message: /^Cannot use a Ray cluster on this machine: .*\nThe sweep starts none/s,
        });
      });

      await nodes.start("a", TOKEN);
      await nodes.start("b", TOKEN);
      await nodes.ready(2);

      await t.step("a wrong token is refused", async () => {
        Deno.env.set("RAY_AUTH_TOKEN", "a-wrong-token-of-these-tests-alone");
        try {
          const connecting = RayDriver.connect(PYTHON, { address: ADDRESS, need: NEED, project });
          await rejects(connecting, { name: "ClusterError", message: /token/i });
        } finally {
          Deno.env.set("RAY_AUTH_TOKEN", TOKEN.RAY_AUTH_TOKEN);
        }
      });

      await t.step("a sweep ends as one of this machine's processes does", async () => {
        const { signal } = new AbortController();
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
        const there = results("node"), kill = whenBothRun(2, () => nodes.kill("b"));
        try {
          const { summary, finished, failed } = await raySweep(there, { project }, kill);
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
          const { finished, failed } = await raySweep(there, { project }, whenBothRun(2, killOne));
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
          const kill = whenBothRun(
            3,
            () => Deno.kill(processesWith("ray_driver.py")[0], "SIGKILL"),
          );
          await rejects(raySweep(there, { project }, kill), {
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
        const driver = await RayDriver.connect(PYTHON, { address: ADDRESS, need: NEED, project });
        const engine = new RayEngine(driver, { need: NEED, estimate: () => 10, saveEvery: 0 });
        const stop = whenBothRun(2, () => controller.abort());
        await engine.run(GRID, { report: stop, signal: controller.signal });
        strictEqual(processesWith(WORKER).length, 0);
        strictEqual(processesWith("ray_driver.py").length, 0);
        ok([...Deno.readDirSync(join(project, "outputs/mine/runs"))].length >= 2);
        const epochs: number[] = [];
        await raySweep(there, { project }, (event) => {
          if (event.type === "epoch") epochs.push(event.epoch);
        });
        ok(!epochs.slice(0, 2).includes(1), `not from the start: ${epochs}`);
        deepStrictEqual(resultsIn(there), resultsIn(undisturbed));
      });

      await t.step("a client that sends the project gets the same results", async () => {
        const grid = GRID.slice(0, 2), there = results("client");
        const { failed } = await raySweep(there, { address: CLIENT_ADDRESS }, () => {}, grid);
        deepStrictEqual(failed, []);
        const all = resultsIn(undisturbed), names = grid.map((each) => `${runName(each)}.json`);
        deepStrictEqual(resultsIn(there), Object.fromEntries(names.map((n) => [n, all[n]])));
      });

      await t.step("a run that no node can host is warned of", async () => {
        const need = { ...NEED, cpus: 64 }, options = { address: ADDRESS, need, project };
        const driver = await RayDriver.connect(PYTHON, options);
        const engine = new RayEngine(driver, { need, estimate: () => 10 });
        match(
          engine.description,
          /2 nodes, 2 CPUs\nWarning: no node can host a run, which needs 64/,
        );
        await driver.stop();
      });
    } finally {
      await nodes.stop();
      await Deno.remove(short, { recursive: true });
    }
  });
});
