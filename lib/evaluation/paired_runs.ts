/** Runs of two experiments on the same splits. @module */
import type { FinishedRun, RunGroup } from "./run_groups.ts";

/** The runs of the seeds that both have, seeds rising; on random splits these have the same test part. */
export function pairedRuns(first: RunGroup, second: RunGroup): [FinishedRun, FinishedRun][] {
  const bySeed = new Map(second.runs.map((run) => [run.experiment.seed, run]));
  return first.runs.flatMap((run): [FinishedRun, FinishedRun][] => {
    const other = bySeed.get(run.experiment.seed);
    return other ? [[run, other]] : [];
  }).sort(([a], [b]) => a.experiment.seed - b.experiment.seed);
}

/** With fewer, differences may be equal by chance, which would look certain. */
export const LEAST_SEEDS = 3;
