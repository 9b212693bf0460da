/** A whole sweep on one line, with the time left. @module */
import { duration } from "../support/duration.ts";
import { type Experiment, runName } from "../training/experiment.ts";
import { secondsTogether } from "./costs.ts";
import type { SweepEvent } from "./engine.ts";
import type { SweepPlan } from "./plan.ts";
import type { ReferenceResult } from "./result.ts";
import { runInShort, runInWords } from "./words.ts";
import { percent } from "../support/percent.ts";

/** Where the progress goes: `update` shows where the sweep is and may be dropped, `end` a text that stays. */
export type SweepLine = Record<"update" | "end", (text: string) => void>;

/** A run under way. */
interface Running {
  experiment: Experiment;
  /** Where it is shown, from 0. */
  place: number;
  /** Epochs done, if known. */
  epoch: number;
  secondsLeft: number;
}

/** What a sweep knows while it runs. */
export class SweepProgress {
  readonly #plan: SweepPlan;
  readonly #line: SweepLine;
  readonly #workers: number;
  readonly #experiments: Map<string, Experiment>;
  readonly #waiting: Map<string, Experiment>;
  readonly #running = new Map<string, Running>();
  #finished: number;

  /**
   * @param plan What there is to do.
   * @param workers How many runs at once.
   * @param line Where to show it.
   */
  constructor(plan: SweepPlan, workers: number, line: SweepLine) {
    this.#plan = plan;
    this.#workers = workers;
    this.#line = line;
    this.#experiments = new Map(plan.toRun.map((each) => [runName(each), each]));
    this.#waiting = new Map(this.#experiments);
    this.#finished = plan.finished.length;
  }

  /** Takes an event in; what stays of it is printed, the rest redrawn. */
  show(event: SweepEvent): void {
    const { run } = event, title = this.#titleOf(run);
    if (event.type === "started") {
      const { experiment } = event, secondsLeft = this.#plan.estimate(experiment);
      this.#waiting.delete(run);
      this.#running.set(run, { experiment, place: this.#freePlace(), epoch: 0, secondsLeft });
    } else if (event.type === "epoch") {
      const running = this.#running.get(run);
      if (running) Object.assign(running, { epoch: event.epoch, secondsLeft: event.secondsLeft });
    } else if (event.type === "warning") {
      this.#line.end(`${title}: ${event.text}`);
    } else if (event.type === "failed") {
      this.#running.delete(run);
      this.#line.end(`${title}: ${event.reason}${event.again ? "; trying again" : ""}`);
    } else {
      this.#running.delete(run);
      this.#finished++;
      this.#line.end(`${this.#count()}: ${title}: ${scoreOf(event.result)}`);
    }
    this.#line.update(this.text());
  }

  /** The line: how many are finished, the time left, the state of each worker. */
  text(): string {
    const running = [...this.#running.values()].sort((a, b) => a.place - b.place);
    const waiting = [...this.#waiting.values()].map(this.#plan.estimate);
    const seconds = [...running.map(({ secondsLeft }) => secondsLeft), ...waiting];
    const states = running.map(({ experiment, epoch }) =>
      `${runInShort(experiment)} ${epoch}/${experiment.epochs}`
    );
    const left = `${duration(secondsTogether(seconds, this.#workers))} left`;
    return [this.#count(), left, ...states].join(" · ");
  }

  #freePlace(): number {
    const taken = new Set([...this.#running.values()].map(({ place }) => place));
    let place = 0;
    while (taken.has(place)) place++;
    return place;
  }

  #count(): string {
    return `${this.#finished} of ${this.#plan.grid.length}`;
  }

  #titleOf(run: string): string {
    const experiment = this.#experiments.get(run);
    return experiment ? runInWords(experiment) : run;
  }
}

/** "75.3 % (217 of 288) in 7 min 2 s". */
function scoreOf({ predictions, seconds }: ReferenceResult): string {
  const right = predictions.filter(({ label, predicted }) => label === predicted).length;
  return `${percent(right / predictions.length)} (${right} of ${predictions.length}) in ${
    duration(seconds)
  }`;
}
