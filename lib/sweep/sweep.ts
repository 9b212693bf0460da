/**
 * A sweep: what is missing of a grid is run, each result stored once, by whichever engine. It may be
 * stopped or killed at any moment; the next one goes on. @module
 */
import { join } from "@std/path";
import { shortPath } from "../corpora/problems.ts";
import { isDiskFull } from "../support/disk.ts";
import { removeParts } from "../support/files.ts";
import { takeLock } from "../support/lock.ts";
import { type Experiment, runName } from "../training/experiment.ts";
import { RUNS_FOLDER } from "../training/stored_run.ts";
import { removeRunDebris } from "./debris.ts";
import { DiskFullError, type Engine, type SweepEvent } from "./engine.ts";
import { makePlan, type PlanOptions, type SweepPlan } from "./plan.ts";
import { type SweepLine, SweepProgress } from "./progress.ts";
import { storeResult } from "./results_folder.ts";

/** How to sweep. */
export interface SweepOptions extends PlanOptions {
  /** Makes what does the runs. */
  engine: (plan: SweepPlan) => Engine | Promise<Engine>;
  /** Told about everything. */
  line: SweepLine;
  /** Told what there is to do, before anything is done. */
  onPlan?: (plan: SweepPlan, engine: Engine) => void;
  /** Stops the sweep; the runs keep their state. */
  signal: AbortSignal;
}

/** What a sweep has come to. */
export interface SweepSummary {
  /** Runs of the grid. */
  runs: number;
  /** Those with a result. */
  finished: number;
  /** Those that failed, and why. */
  failed: ReadonlyMap<string, string>;
}

/**
 * Runs what is missing of a grid.
 * @throws {Deno.errors.Busy} If another sweep works in the same folder.
 * @throws {DiskFullError} If there is no space left; what is finished is kept.
 */
export async function sweep(
  grid: readonly Experiment[],
  options: SweepOptions,
): Promise<SweepSummary> {
  const { folder } = options, lock = await takeLock(join(folder, ".lock"));
  if (typeof lock === "string") {
    throw new Deno.errors.Busy(
      `Cannot sweep into "${
        shortPath(folder)
      }": ${lock} is doing so; wait for it, or stop it and try again`,
    );
  }
  try {
    return await sweepUnderLock(grid, options);
  } finally {
    await lock.release();
  }
}

async function sweepUnderLock(
  grid: readonly Experiment[],
  options: SweepOptions,
): Promise<SweepSummary> {
  const { folder, line, signal } = options;
  const plan = await makePlan(grid, options);
  const failed = new Map<string, string>();
  const finished = new Set(plan.finished.map(({ name }) => name));
  await removeParts(folder);
  await removeRunDebris(options.runs ?? RUNS_FOLDER, finished);
  const summary = () => ({ runs: grid.length, finished: finished.size, failed });
  let engine: Engine;
  try {
    engine = await options.engine(plan);
  } catch (error) {
    if (!signal.aborted) throw error;
    return summary(); // whatever went wrong did so because of the stop
  }
  options.onPlan?.(plan, engine);
  const progress = new SweepProgress(plan, engine.workers, line);
  const report = async (event: SweepEvent): Promise<void> => {
    if (finished.has(event.run)) return; // an engine may lose sight of a run and do it twice
    if (event.type === "finished") {
      await storeOrSay(folder, event);
      finished.add(event.run);
    }
    if (event.type === "failed" && !event.again) failed.set(event.run, event.reason);
    progress.show(event);
  };
  if (plan.toRun.length > 0) await engine.run(plan.toRun, { report, signal });
  return summary();
}

async function storeOrSay(
  folder: string,
  { run, result }: Extract<SweepEvent, { type: "finished" }>,
): Promise<void> {
  if (runName(result.experiment) !== run) {
    throw new TypeError(
      `Cannot store a result: expected that of ${run}, received that of ${result.name}`,
    );
  }
  try {
    await storeResult(folder, result);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new DiskFullError(`the result of ${run} cannot be stored: ${(error as Error).message}`);
  }
}
