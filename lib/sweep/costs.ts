/** How long a run will take. @module */
import type { Machine } from "../support/machine.ts";
import type { CorpusName } from "../corpora/types.ts";
import { quantile } from "../evaluation/quantile.ts";
import type { Experiment } from "../training/experiment.ts";
import type { ModelName } from "../models/catalogue.ts";

/**
 * Seconds per epoch on one core of a server of 2025 (AMD EPYC, native TensorFlow with our kernels),
 * measured with `TF_NUM_INTRAOP_THREADS=1`.
 */
const SECONDS_PER_EPOCH: Readonly<Record<ModelName, Readonly<Record<CorpusName, number>>>> = {
  dbn: { ravdess: 0.013, savee: 0.01, emodb: 0.008 },
  sdnn: { ravdess: 0.17, savee: 0.06, emodb: 0.025 },
  cnn: { ravdess: 1.55, savee: 0.71, emodb: 0.25 },
  "cnn-attention": { ravdess: 1.6, savee: 0.72, emodb: 0.25 },
  lstm: { ravdess: 2, savee: 0.93, emodb: 0.4 },
  "lstm-attention": { ravdess: 2.25, savee: 0.98, emodb: 0.4 },
};

/** Seconds until the first epoch: the process, TensorFlow, the features from their cache. */
const START = 5;

/** What a run costs where nothing was measured: the same everywhere, so that it can order a grid. */
export const usualSeconds = ({ model, corpus, epochs }: Experiment): number =>
  START + SECONDS_PER_EPOCH[model][corpus] * epochs;

/** A run whose time is known. */
export interface TimedRun {
  /** What was trained. */
  experiment: Experiment;
  /** Seconds of training. */
  seconds: number;
  /** Where; runs of earlier versions do not say. */
  machine?: Machine;
}

/** Estimates seconds, the start included, from runs of the same model and corpus on this machine, where there are any. */
export function estimator(
  known: readonly TimedRun[],
  machine: Machine,
): (experiment: Experiment) => number {
  const here = known.filter((run) => run.machine && alike(run.machine, machine));
  const groups = Map.groupBy(here, ({ experiment }) => kindOf(experiment));
  const perEpoch = new Map([...groups].map(([kind, runs]) => [
    kind,
    quantile(runs.map(({ experiment, seconds }) => seconds / experiment.epochs), 0.5),
  ]));
  return (experiment) => {
    const seconds = perEpoch.get(kindOf(experiment));
    return seconds === undefined ? usualSeconds(experiment) : START + seconds * experiment.epochs;
  };
}

/** Seconds until the last of some runs ends, each begun as soon as a worker is free. */
export function secondsTogether(seconds: readonly number[], workers: number): number {
  const busyUntil = new Array<number>(workers).fill(0);
  for (const each of seconds) {
    const first = busyUntil.indexOf(Math.min(...busyUntil));
    busyUntil[first] += each;
  }
  return Math.max(...busyUntil);
}

/** Runs of a kind take the same time for an epoch. */
export const kindOf = ({ model, corpus }: Experiment): string => `${model} ${corpus}`;

const alike = (a: Machine, b: Machine): boolean =>
  a.processor === b.processor && a.cores === b.cores;
