/** The runs of a sweep as processes on this machine. @module */
import { join } from "@std/path";
import { count } from "../corpora/problems.ts";
import { type Experiment, runName } from "../training/experiment.ts";
import { RUNS_FOLDER } from "../training/stored_run.ts";
import { DiskFullError, type Engine, type EngineOptions } from "./engine.ts";
import { removeRun } from "./debris.ts";
import type { Job, WorkerMessage } from "./messages.ts";
import { type Outcome, runWorker, type WorkerOptions } from "./worker_process.ts";
import type { WorkerPlan } from "./workers.ts";

/** How often a run is tried again when its worker dies. */
const TRIES_AGAIN = 3;

/** How the local engine works. */
export interface LocalEngineOptions
  extends Pick<Job, "runs" | "saveEvery">, Pick<WorkerOptions, "leastPatience" | "command"> {
  /** How many workers, with how many threads each. */
  plan: WorkerPlan;
  /** Seconds that an experiment usually takes. */
  estimate: (experiment: Experiment) => number;
  /** Keep the stored run, with its weights, of what is finished. @default {false} */
  keepWeights?: boolean;
}

/**
 * Worker processes on this machine. A worker that dies is replaced and goes on from the checkpoint; one
 * that tells an error is not, since the error would come again.
 */
export class LocalEngine implements Engine {
  readonly workers: number;
  readonly description: string;

  /** @param options How many workers, where the runs are. */
  constructor(readonly options: LocalEngineOptions) {
    const { workers, threads } = options.plan;
    this.workers = workers;
    this.description = `${count(workers, "worker")} with ${count(threads, "thread")} each`;
  }

  async run(experiments: readonly Experiment[], options: EngineOptions): Promise<void> {
    const queue = [...experiments], broken = new AbortController();
    const signal = AbortSignal.any([options.signal, broken.signal]);
    const lane = async () => {
      try {
        while (queue.length > 0 && !signal.aborted) {
          await this.#runOne(queue.shift()!, { ...options, signal });
        }
      } catch (error) {
        broken.abort();
        throw error;
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: this.workers }, lane));
    const failed = lanes.find((each) => each.status === "rejected");
    if (failed) throw failed.reason;
  }

  /** Does one run, if need be in several tries. */
  async #runOne(experiment: Experiment, options: EngineOptions): Promise<void> {
    const { report } = options, run = runName(experiment);
    for (let triesLeft = TRIES_AGAIN;; triesLeft--) {
      const outcome = await this.#tryOnce(experiment, options);
      if (outcome.type === "stopped") return;
      if (outcome.type === "finished") {
        await report({ run, type: "finished", result: outcome.result });
        if (outcome.temporary) await removeRun(join(this.options.runs ?? RUNS_FOLDER, run));
        return;
      }
      const { type, reason } = outcome, again = type === "died" && triesLeft > 0;
      if (type === "failed" && outcome.diskFull) throw new DiskFullError(reason);
      await report({ run, type: "failed", reason, again });
      if (!again) return;
    }
  }

  async #tryOnce(
    experiment: Experiment,
    { report, signal }: EngineOptions,
  ): Promise<Outcome> {
    const run = runName(experiment);
    const { runs = RUNS_FOLDER, saveEvery, keepWeights: keep, plan, estimate } = this.options;
    const { leastPatience, command } = this.options;
    const onMessage = (message: WorkerMessage) => {
      if (message.type === "epoch" || message.type === "warning") report({ run, ...message });
    };
    return await runWorker({ experiment, runs, saveEvery, keep }, {
      ...{ command, onMessage, signal, leastPatience },
      ...{ threads: plan.threads, seconds: estimate(experiment) },
      onStart: (pid) => report({ run, type: "started", experiment, pid }),
    });
  }
}
