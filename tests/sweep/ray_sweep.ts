/**
 * A sweep on the tests' Ray cluster. As a program it is a process to be killed, with the grid of
 * run_sweep.ts: `ray_sweep.ts PYTHON PROJECT RESULTS`.
 */
import { strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { runCommand } from "ser/setup/command.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import type { SweepEvent } from "ser/sweep/engine.ts";
import { RayEngine, type RayOptions } from "ser/sweep/ray/engine.ts";
import { sweep } from "ser/sweep/sweep.ts";
import type { Experiment } from "ser/training/experiment.ts";
import { ADDRESS } from "./ray_nodes.ts";
import { GRID } from "./run_sweep.ts";

/** What a run takes of the tests' nodes. */
export const NEED = { cpus: 1, gpus: 0, memory: 2e8 };
/** For the nodes and for who calls them. */
export const TOKEN = {
  RAY_AUTH_MODE: "token",
  RAY_AUTH_TOKEN: "a-token-of-these-tests-and-no-other",
};

/** The parts of the project that a node needs, as on a disk that the nodes share. */
export async function copyProject(folder: string): Promise<string> {
  const project = join(folder, "project");
  await Deno.mkdir(join(project, "data"), { recursive: true });
  const copy = async (to: string, ...names: string[]) => {
    const from = names.map((name) => join(PROJECT_ROOT, name));
    strictEqual((await runCommand(["cp", "-r", ...from, to])).code, 0);
  };
  await copy(project, "lib", "deno.json", "deno.lock");
  await copy(join(project, "data"), "data/emodb", "data/manifests");
  await Deno.symlink(join(PROJECT_ROOT, "node_modules"), join(project, "node_modules"));
  return project;
}

/** Sweeps on the cluster, keeping each epoch: the runs that finished, and why tries failed. */
export async function raySweep(
  options: Partial<RayOptions> & {
    python: string;
    results: string;
    grid: readonly Experiment[];
    onEvent?: (event: SweepEvent) => void;
    signal?: AbortSignal;
  },
) {
  const { results, grid, onEvent = () => {}, signal = new AbortController().signal } = options;
  const finished: string[] = [], failed: string[] = [];
  const summary = await sweep(grid, {
    ...{ folder: results, runs: join(results, "none"), signal, line: { update() {}, end() {} } },
    engine: async ({ estimate }) => {
      const told = { address: ADDRESS, need: NEED, estimate, saveEvery: 0, ...options };
      const engine = await RayEngine.connect(told, signal);
      return {
        ...{ workers: engine.workers, description: engine.description },
        run: (experiments, { report, signal }) =>
          engine.run(experiments, {
            signal,
            report: async (event) => {
              await report(event);
              if (event.type === "finished") finished.push(event.run);
              if (event.type === "failed") failed.push(event.reason);
              onEvent(event);
            },
          }),
      };
    },
  });
  return { summary, finished, failed };
}

if (import.meta.main) {
  const [python, project, results] = Deno.args;
  const onEvent = (event: SweepEvent) => console.log(JSON.stringify(event));
  const { summary, failed } = await raySweep({ python, project, results, grid: GRID, onEvent });
  for (const reason of failed) console.error(reason);
  Deno.exit(summary.finished === summary.runs ? 0 : 1);
}
