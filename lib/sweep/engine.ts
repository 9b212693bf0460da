/** What does the runs of a sweep: processes here, or another machine's. @module */
import type { Experiment } from "../training/experiment.ts";
import type { ReferenceResult } from "./result.ts";

/** What happens to a run. */
export type SweepEvent =
  & {
    /** Name of the run. */
    run: string;
  }
  & (
    /** It begins or goes on. */
    | { type: "started"; experiment: Experiment; pid?: number }
    /** So many epochs are done. */
    | { type: "epoch"; epoch: number; epochs: number; secondsLeft: number }
    /** Something that the reader should know. */
    | { type: "warning"; text: string }
    /** It is finished. */
    | { type: "finished"; result: ReferenceResult }
    /** It ended otherwise; `again` tells whether the engine tries it once more. */
    | { type: "failed"; reason: string; again: boolean }
  );

/** How a sweep follows its engine. */
export interface EngineOptions {
  /**
   * Told of each event; the engine waits. It may forget what it keeps of a run once the event
   * `finished` is dealt with. If this throws, the engine stops its workers and `run` rejects with it.
   */
  report: (event: SweepEvent) => void | Promise<void>;
  /** Stops all runs; those that can keep their state do. */
  signal: AbortSignal;
}

/** Does the runs of a sweep. */
export interface Engine {
  /** Runs at once. */
  readonly workers: number;
  /** What it is, in a few words. */
  readonly description: string;
  /**
   * Does runs, in this order as far as that goes. Each is told as finished at most once; one that fails
   * does not stop the others.
   * @param experiments Complete experiments.
   * @param options Who follows.
   * @returns When all are finished or failed, or the signal has stopped them; a worker that is left elsewhere
   * only keeps its state.
   */
  run(experiments: readonly Experiment[], options: EngineOptions): Promise<void>;
}

/** The disk is full: no run can go on, and none is lost. */
export class DiskFullError extends Error {
  override name = "DiskFullError";
}

/** There is no cluster to use, or it is gone; what is finished is kept. */
export class ClusterError extends Error {
  override name = "ClusterError";
}
