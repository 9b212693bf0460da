/** The runs of a sweep as tasks of a Ray cluster. @module */
import { codeVersion, madeBy } from "../support/code_version.ts";
import { type Experiment, runName } from "../training/experiment.ts";
import { DiskFullError, type Engine, type EngineOptions } from "./engine.ts";
import { clusterInWords, placesOn, type RayNeed } from "./ray_cluster.ts";
import type { RayConnection } from "./ray_driver.ts";
import type { RayOutcome, RayRunMessage } from "./ray_messages.ts";
import type { ReferenceResult } from "./result.ts";
import { LEAST_PATIENCE, SAVE_EVERY, SILENT_EPOCHS, TRIES_AGAIN } from "./worker_process.ts";

/** How the engine works. */
export interface RayEngineOptions {
  /** What a run takes of its node. */
  need: RayNeed;
  /** Seconds that an experiment usually takes. */
  estimate: (experiment: Experiment) => number;
  /** Least seconds between two checkpoints. @default {20} */
  saveEvery?: number;
  /** Least seconds of silence after which a run hangs. @default {300} */
  leastPatience?: number;
}

/** A run that has not ended. */
interface OpenRun {
  experiment: Experiment;
  /** Which try, from 0. */
  attempt: number;
  /** Where it is shown, from 0; undefined while it waits. */
  place?: number;
}

/**
 * Tasks of a Ray cluster. A run whose node or process dies is tried again wherever there is room, from
 * its checkpoint if that is there; one that tells an error is not. What a try says after another one has
 * taken its place is not listened to.
 */
export class RayEngine implements Engine {
  readonly workers: number;
  readonly description: string;
  readonly #driver: RayConnection;
  readonly #options: RayEngineOptions;
  readonly #open = new Map<string, OpenRun>();

  /**
   * @param driver Connected to the cluster; ended by `run`.
   * @param options What a run needs.
   */
  constructor(driver: RayConnection, options: RayEngineOptions) {
    this.#driver = driver;
    this.#options = options;
    this.workers = Math.max(1, placesOn(driver.nodes, options.need));
    this.description = clusterInWords(driver.nodes, options.need);
  }

  /** @throws {ClusterError} If the cluster is lost. */
  async run(experiments: readonly Experiment[], options: EngineOptions): Promise<void> {
    const driver = this.#driver, { signal } = options;
    const stop = () => void driver.stop();
    signal.addEventListener("abort", stop);
    try {
      for (const experiment of signal.aborted ? [] : experiments) {
        this.#open.set(runName(experiment), { experiment, attempt: 0 });
        this.#send(runName(experiment));
      }
      if (this.#open.size === 0) return;
      for await (const message of driver.messages()) {
        await this.#take(message, options);
        if (this.#open.size === 0) return;
      }
    } finally {
      signal.removeEventListener("abort", stop);
      await driver.stop();
    }
  }

  #send(run: string): void {
    const { experiment, attempt } = this.#open.get(run)!;
    const { estimate, saveEvery = SAVE_EVERY, leastPatience = LEAST_PATIENCE } = this.#options;
    const usual = SILENT_EPOCHS * estimate(experiment) / experiment.epochs;
    this.#driver.send({
      ...{ run, attempt, job: { experiment, saveEvery } },
      patience: Math.max(leastPatience, usual),
    });
  }

  /** Passes on what is said about the present try of a run. */
  async #take(message: RayRunMessage, { report, signal }: EngineOptions): Promise<void> {
    const { run } = message, open = this.#open.get(run);
    if (open === undefined || open.attempt !== message.attempt) return;
    const { experiment } = open, event = { run, worker: this.#placeOf(open) };
    if (message.type === "started") {
      await report({ ...event, type: "started", experiment });
    } else if (message.type === "said") {
      const said = message.message;
      if (said.type !== "loading") await report({ ...event, ...said });
    } else {
      const outcome = await checkedOutcome(message.outcome);
      if (outcome.type === "finished") {
        this.#open.delete(run);
        await report({ ...event, type: "finished", result: outcome.result });
      } else if (!signal.aborted) await this.#failed(outcome, event, report);
    }
  }

  async #failed(
    outcome: Exclude<RayOutcome, { type: "finished" }>,
    event: { run: string; worker: number },
    report: EngineOptions["report"],
  ): Promise<void> {
    const { type, reason } = outcome, open = this.#open.get(event.run)!;
    if (type === "failed" && outcome.diskFull) throw new DiskFullError(`on a node: ${reason}`);
    const again = type === "died" && open.attempt < TRIES_AGAIN;
    if (again) this.#open.set(event.run, { ...open, attempt: open.attempt + 1, place: undefined });
    else this.#open.delete(event.run);
    await report({ ...event, type: "failed", reason, again });
    if (again) this.#send(event.run);
  }

  /** The first place that no other run has. */
  #placeOf(open: OpenRun): number {
    if (open.place !== undefined) return open.place;
    const taken = new Set([...this.#open.values()].map(({ place }) => place));
    for (open.place = 0; taken.has(open.place);) open.place++;
    return open.place;
  }
}

/** A result of other code than that of this sweep is none. */
async function checkedOutcome(outcome: RayOutcome): Promise<RayOutcome> {
  if (outcome.type !== "finished") return outcome;
  const here = await codeVersion(), there = outcome.result.code;
  if (madeBy(there, here)) return outcome;
  const reason = `expected a result of this version of the training code (${
    short(here)
  }), received one of ${short(there)}: bring the project on the nodes up to date`;
  return { type: "failed", reason, diskFull: false };
}

const short = (code: ReferenceResult["code"]): string => code?.training?.slice(0, 12) ?? "none";
