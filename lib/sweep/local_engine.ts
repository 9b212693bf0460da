/** The runs of a sweep as processes on this machine. @module */
import { join } from "@std/path";
import { count } from "../corpora/problems.ts";
import { type Experiment, runName } from "../training/experiment.ts";
import { RUNS_FOLDER } from "../training/stored_run.ts";
import { DiskFullError, type Engine, type EngineOptions } from "./engine.ts";
import type { WorkerMessage } from "./messages.ts";
import {
  LEAST_PATIENCE,
  type Outcome,
  runWorker,
  SAVE_EVERY,
  SILENT_EPOCHS,
  TRIES_AGAIN,
} from "./worker_process.ts";
import type { WorkerPlan } from "./workers.ts";

/** How the local engine works. */
export interface LocalEngineOptions {
  /** How many workers, with how many threads each. */
  plan: WorkerPlan;
  /** Seconds that an experiment usually takes. */
  estimate: (experiment: Experiment) => number;
  /** Keep the stored run, with its weights, of what is finished. @default {false} */
  keepWeights?: boolean;
  /** The folder of all runs. @default {outputs/mine/runs} */
  runs?: string;
  /** Least seconds between two checkpoints. @default {20} */
  saveEvery?: number;
  /** Least seconds of silence after which a worker hangs. @default {300} */
  leastPatience?: number;
  /** The worker's program, for tests. */
  command?: readonly string[];
}

/**
 * Worker processes on this machine. A worker that dies is replaced and goes on from the checkpoint; one
 * that tells an error is not, since the error would come again.
 */
export class LocalEngine implements Engine {
  readonly workers: number;
  readonly description: string;
  readonly #options: LocalEngineOptions;

  /** @param options How many workers, where the runs are. */
  constructor(options: LocalEngineOptions) {
    const { workers, threads } = options.plan;
    this.#options = options;
    this.workers = workers;
    this.description = `${count(workers, "worker")} with ${count(threads, "thread")} each`;
  }

  async run(experiments: readonly Experiment[], options: EngineOptions): Promise<void> {
    const queue = [...experiments], broken = new AbortController();
    const signal = AbortSignal.any([options.signal, broken.signal]);
    const lane = async (worker: number) => {
      try {
        while (queue.length > 0 && !signal.aborted) {
          await this.#runOne(queue.shift()!, worker, { ...options, signal });
        }
      } catch (error) {
        broken.abort();
        throw error;
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: this.workers }, (_, i) => lane(i)));
    const failed = lanes.find((each) => each.status === "rejected");
    if (failed) throw failed.reason;
  }

  /** Does one run, if need be in several tries. */
  async #runOne(experiment: Experiment, worker: number, options: EngineOptions): Promise<void> {
    const { report } = options, run = runName(experiment), event = { run, worker };
    for (let triesLeft = TRIES_AGAIN;; triesLeft--) {
      const outcome = await this.#tryOnce(experiment, worker, options);
      if (outcome.type === "stopped") return;
      if (outcome.type === "finished") {
        await report({ ...event, type: "finished", result: outcome.result });
        if (!this.#options.keepWeights && !outcome.storedBefore) await this.#forget(run);
        return;
      }
      const { type, reason } = outcome, again = type === "died" && triesLeft > 0;
      if (type === "failed" && outcome.diskFull) throw new DiskFullError(reason);
      await report({ ...event, type: "failed", reason, again });
      if (!again) return;
    }
  }

  async #tryOnce(
    experiment: Experiment,
    worker: number,
    { report, signal }: EngineOptions,
  ): Promise<Outcome> {
    const event = { run: runName(experiment), worker };
    const {
      runs = RUNS_FOLDER,
      saveEvery = SAVE_EVERY,
      leastPatience = LEAST_PATIENCE,
      plan,
      command,
    } = this.#options;
    let perEpoch = this.#options.estimate(experiment) / experiment.epochs;
    const onMessage = (message: WorkerMessage) => {
      if (message.type === "epoch") perEpoch = Math.max(perEpoch, message.seconds);
      if (message.type === "epoch" || message.type === "warning") report({ ...event, ...message });
    };
    return await runWorker({ experiment, runs, saveEvery }, {
      ...{ command, onMessage, signal },
      env: { TF_NUM_INTRAOP_THREADS: String(plan.threads) },
      patience: () => Math.max(leastPatience, SILENT_EPOCHS * perEpoch),
      onStart: (pid) => report({ ...event, type: "started", experiment, pid }),
    });
  }

  /** Removes the stored run of what is stored as a result. */
  async #forget(run: string): Promise<void> {
    const folder = join(this.#options.runs ?? RUNS_FOLDER, run);
    await Deno.remove(folder, { recursive: true }).catch(() => {}); // it only takes space
  }
}
