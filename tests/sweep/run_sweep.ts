/**
 * A sweep in a process of its own, to be killed: `run_sweep.ts FOLDER RUNS`. It prints its events, a line
 * of JSON each. The grid is small and every epoch is kept.
 */
import type { Engine, SweepEvent } from "ser/sweep/engine.ts";
import { LocalEngine } from "ser/sweep/local_engine.ts";
import type { SweepPlan } from "ser/sweep/plan.ts";
import { sweep, type SweepSummary } from "ser/sweep/sweep.ts";
import { type Experiment, experiment } from "ser/training/experiment.ts";

/** Some seconds of training, most of it in two runs with checkpoints. */
export const GRID: Experiment[] = [
  experiment({ model: "dbn", corpus: "emodb", epochs: 5, modelOptions: { pretrainingEpochs: 2 } }),
  ...[0, 1].map((seed) => experiment({ model: "sdnn", corpus: "emodb", seed, epochs: 60 })),
];

/**
 * Sweeps over that grid.
 * @param folder Where the results go.
 * @param runs Where the runs are.
 * @param onEvent Told about each event.
 */
export function smallSweep(
  folder: string,
  runs: string,
  onEvent: (event: SweepEvent) => void = () => {},
): Promise<SweepSummary> {
  const { signal } = new AbortController();
  const engine = ({ estimate }: SweepPlan): Engine => {
    const local = new LocalEngine({
      ...{ plan: { workers: 2, threads: 1 }, estimate, runs, saveEvery: 0 },
    });
    return {
      ...{ workers: local.workers, description: local.description },
      run: (experiments, options) =>
        local.run(experiments, {
          ...options,
          report: async (event) => {
            await options.report(event);
            onEvent(event);
          },
        }),
    };
  };
  return sweep(GRID, { folder, runs, signal, engine, line: { update() {}, end() {} } });
}

if (import.meta.main) {
  const [folder, runs] = Deno.args;
  const { finished } = await smallSweep(folder, runs, (event) => {
    console.log(JSON.stringify(event));
  });
  Deno.exit(finished === GRID.length ? 0 : 1);
}
