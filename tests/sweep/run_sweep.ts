/**
 * A sweep in a process of its own, to be killed: `run_sweep.ts FOLDER RUNS [before|after]`. It prints its
 * events, a line of JSON each. The grid is small and every epoch is kept. With a third word it does
 * the first run alone and kills itself before or after its result is stored, when the stored run is there.
 */
import type { Engine, SweepEvent } from "ser/sweep/engine.ts";
import { LocalEngine } from "ser/sweep/local_engine.ts";
import type { SweepPlan } from "ser/sweep/plan.ts";
import { sweep, type SweepSummary } from "ser/sweep/sweep.ts";
import { type Experiment, experiment } from "ser/training/experiment.ts";

/** Two runs with checkpoints; those of `cnn` are long enough that most kills come after one. */
const [model, epochs] = Deno.env.get("SER_TEST_MODEL") === "cnn"
  ? ["cnn", 8] as const
  : ["sdnn", 60] as const;

/** Some seconds of training, most of it in those two. */
export const GRID: Experiment[] = [
  experiment({ model: "dbn", corpus: "emodb", epochs: 5, modelOptions: { pretrainingEpochs: 2 } }),
  ...[0, 1].map((seed) => experiment({ model, corpus: "emodb", seed, epochs })),
];

/**
 * Sweeps over that grid.
 * @param folder Where the results go.
 * @param runs Where the runs are.
 * @param onEvent Told about each event.
 * @param options Another grid, and who is told about each event before a result is stored.
 */
export function smallSweep(
  folder: string,
  runs: string,
  onEvent: (event: SweepEvent) => void = () => {},
  options: { grid?: Experiment[]; beforeEvent?: (event: SweepEvent) => void } = {},
): Promise<SweepSummary> {
  const { signal } = new AbortController(), { grid = GRID, beforeEvent } = options;
  const engine = ({ estimate }: SweepPlan): Engine => {
    const local = new LocalEngine({
      ...{ plan: { workers: 2, threads: 1 }, estimate, runs, saveEvery: 0 },
    });
    return {
      ...{ workers: local.workers, description: local.description },
      run: (experiments, told) =>
        local.run(experiments, {
          ...told,
          report: async (event) => {
            beforeEvent?.(event);
            await told.report(event);
            onEvent(event);
          },
        }),
    };
  };
  return sweep(grid, { folder, runs, signal, engine, line: { update() {}, end() {} } });
}

if (import.meta.main) {
  const [folder, runs, when] = Deno.args;
  const dieAt = (moment: string) => ({ type }: SweepEvent) => {
    if (type === "finished" && moment === when) Deno.kill(Deno.pid, "SIGKILL");
  };
  const onEvent = (event: SweepEvent) => {
    dieAt("after")(event);
    console.log(JSON.stringify(event));
  };
  const grid = when ? GRID.slice(0, 1) : GRID;
  const told = { grid, beforeEvent: dieAt("before") };
  const { finished } = await smallSweep(folder, runs, onEvent, told);
  Deno.exit(finished === grid.length ? 0 : 1);
}
