/** What the benchmark measures: its rows, the jobs of each, and what is told of them. @module */
import { PAPER_TITLES } from "../paper/results.ts";
import { TRAININGS } from "../training/trainings.ts";
import type { Job, Shape, TrainingJob } from "./job.ts";

/** One number of a row. */
export interface Metric {
  /** Its name in the stored results. */
  name: string;
  /** What it is, in words. */
  title: string;
  /** Seconds, milliseconds, or 10^6 bytes. */
  unit: "s" | "ms" | "MB";
}

/** A job of a row; where there are several, a label goes before the names of its numbers. */
export interface LabelledJob {
  label?: string;
  job: Job;
}

/** One row; its jobs are the processes of one round. */
export type Row =
  & {
    /** The work, in words. */
    title: string;
    /** What is told, the most important first. */
    metrics: readonly Metric[];
    /** Environment of the processes, ours and the peer's. */
    env?: Readonly<Record<string, string>>;
    /** What the peer is, by its versions; rows without it have no peer. */
    peer?: (versions: Readonly<Record<string, string>>) => string;
    /** Rounds at most. @default {as many as are asked for} */
    rounds?: number;
  }
  & (
    /** Random data in the shape of a corpus. */
    | { needs: "shape"; jobs: (shape: Shape) => readonly LabelledJob[] }
    /** Its sound files. */
    | { needs: "audio"; jobs: (paths: string[]) => readonly LabelledJob[] }
    /** Nothing of a corpus. */
    | { needs: "nothing"; jobs: () => readonly LabelledJob[] }
  );

/** Epochs that count, of each network: the shorter, the more. */
const EPOCHS = { sdnn: 40, lstm: 10, "lstm-attention": 10, cnn: 15, "cnn-attention": 15 };

/** How much larger the data are in the rows about growth. */
export const FACTORS = [1, 4, 16] as const;

const EPOCH_METRICS: readonly Metric[] = [
  { name: "epochSeconds", title: "warm epoch", unit: "s" },
  { name: "epochCpuSeconds", title: "warm epoch, processor time", unit: "s" },
  { name: "firstEpochSeconds", title: "first epoch", unit: "s" },
  { name: "importSeconds", title: "process start to library loaded", unit: "s" },
  { name: "startSeconds", title: "process start to first finished epoch", unit: "s" },
  { name: "utteranceMs", title: "prediction of one utterance", unit: "ms" },
  { name: "peakMegabytes", title: "peak memory", unit: "MB" },
];

const DBN_METRICS: readonly Metric[] = [
  { name: "runSeconds", title: "whole run", unit: "s" },
  { name: "runCpuSeconds", title: "whole run, processor time", unit: "s" },
  { name: "pretrainingSeconds", title: "pretraining, 3 x 50 epochs", unit: "s" },
  { name: "fineTuningSeconds", title: "fine-tuning, 1000 epochs", unit: "s" },
  { name: "peakMegabytes", title: "peak memory", unit: "MB" },
];

const FEATURES_METRICS: readonly Metric[] = [
  { name: "seconds", title: "all files", unit: "s" },
  { name: "cpuSeconds", title: "all files, processor time", unit: "s" },
];

const PARTS_METRICS: readonly Metric[] = [
  { name: "decodeSeconds", title: "decoding alone", unit: "s" },
  { name: "resampleSeconds", title: "resampling alone", unit: "s" },
  { name: "mfccSeconds", title: "MFCCs alone", unit: "s" },
  { name: "peakMegabytes", title: "peak memory", unit: "MB" },
];

const START_METRICS: readonly Metric[] = [
  { name: "readySeconds", title: "set-up checked", unit: "s" },
  { name: "kernelSeconds", title: "kernel up, first cell sent", unit: "s" },
  { name: "firstCellSeconds", title: "first cell (imports) done", unit: "s" },
];

/** Labels of the rows about growth; "x1" begins every series. */
const seriesLabel = (series: string, factor: number) =>
  factor === 1 ? "x1" : `${series} x${factor}`;

/** The name of a number of a labelled job. */
export const labelled = (label: string | undefined, name: string): string =>
  label === undefined ? name : `${label}: ${name}`;

function growthMetrics(series: readonly string[], time: string): Metric[] {
  const labels = new Set(
    series.flatMap((name) => FACTORS.map((factor) => seriesLabel(name, factor))),
  );
  return [...labels].flatMap((label): Metric[] => [
    { name: labelled(label, time), title: label, unit: "s" },
    { name: labelled(label, "peakMegabytes"), title: `${label}, peak memory`, unit: "MB" },
  ]);
}

/**
 * NumPy's matrices here are too small for more than one BLAS thread to be of use: on a quiet machine
 * two are hardly faster, on a busy one they wait for each other, and all takes ten times as long.
 */
const ONE_BLAS_THREAD = { OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };

/** So that one core is one core. */
const ONE_THREAD = { ...ONE_BLAS_THREAD, OMP_NUM_THREADS: "1", NUMBA_NUM_THREADS: "1" };

const training = (model: TrainingJob["model"], shape: Shape): TrainingJob => ({
  ...{ work: "training", model, shape, batchSize: 32, testBatchSize: 128 },
  learningRate: TRAININGS[model].learningRate[0].rate,
  ...{ warmUp: 2, epochs: EPOCHS[model] },
});

const epochRow = (model: TrainingJob["model"]): Row => ({
  title: `epoch of ${PAPER_TITLES[model]}`,
  needs: "shape",
  metrics: EPOCH_METRICS,
  jobs: (shape) => [{ job: training(model, shape) }],
  peer: ({ keras, tensorflow }) =>
    `Keras ${keras}, TensorFlow ${tensorflow}, eager=False, jit off on CPU`,
});

/** The rows, in the order of the table. */
export const ROWS = {
  "epoch-sdnn": epochRow("sdnn"),
  "epoch-lstm": epochRow("lstm"),
  "epoch-lstm-attention": epochRow("lstm-attention"),
  "epoch-cnn": epochRow("cnn"),
  "epoch-cnn-attention": epochRow("cnn-attention"),
  "dbn": {
    title: "DBN, whole run of the paper",
    needs: "shape",
    metrics: DBN_METRICS,
    jobs: (shape) => [
      { job: { work: "dbn", shape, batchSize: 32, pretrainingEpochs: 50, epochs: 1000 } },
    ],
    env: ONE_BLAS_THREAD,
    peer: ({ numpy }) => `NumPy ${numpy}, the DBN package as batch matrices, one BLAS thread`,
  },
  "features-1": {
    title: "MFCCs of the corpus, one core",
    needs: "audio",
    metrics: [...FEATURES_METRICS, ...PARTS_METRICS],
    jobs: (paths) => [{ job: { work: "features", paths, workers: 1, parts: true } }],
    env: ONE_THREAD,
    peer: ({ librosa }) => `librosa ${librosa}, one process, one BLAS thread`,
  },
  "features-all": {
    title: "MFCCs of the corpus, all cores",
    needs: "audio",
    metrics: FEATURES_METRICS,
    jobs: (paths) => [{ job: { work: "features", paths, workers: null, parts: false } }],
    env: ONE_THREAD,
    peer: ({ librosa, joblib }) => `librosa ${librosa}, joblib ${joblib}, a process for each core`,
  },
  "scaling-epoch": {
    title: `epoch of ${PAPER_TITLES["cnn-attention"]} with 4 and 16 times the utterances or frames`,
    needs: "shape",
    metrics: growthMetrics(["utterances", "frames"], "epochSeconds"),
    jobs: (shape) => {
      const job = { ...training("cnn-attention", shape), warmUp: 1, epochs: 1 };
      const { train, test, frames } = shape;
      return FACTORS.flatMap((factor) => {
        const longer = { ...shape, frames: frames * factor };
        const more = { ...shape, train: train * factor, test: test * factor };
        const jobs = [{
          label: seriesLabel("utterances", factor),
          job: { ...job, shape: more },
        }, {
          label: seriesLabel("frames", factor),
          job: { ...job, shape: longer },
        }];
        return factor === 1 ? jobs.slice(0, 1) : jobs;
      });
    },
    rounds: 1,
  },
  "scaling-features": {
    title: "MFCCs of 4 and 16 times the corpus, all cores",
    needs: "audio",
    metrics: growthMetrics(["utterances"], "seconds"),
    jobs: (paths) =>
      FACTORS.map((factor) => {
        const all = Array.from({ length: factor }, () => paths).flat();
        const job = { work: "features", paths: all, workers: null, parts: false } as const;
        return { label: seriesLabel("utterances", factor), job };
      }),
    rounds: 1,
  },
  "start": {
    title: "start of deno task paper where all is set up",
    needs: "nothing",
    metrics: START_METRICS,
    jobs: () => [{ job: { work: "start" } }],
  },
} as const satisfies Record<string, Row>;

/** The name of a row. */
export type RowName = keyof typeof ROWS;

/** The names of all rows, in the order of the table. */
export const ROW_NAMES = Object.keys(ROWS) as RowName[];

/** A row by its name. */
export const rowOf = (name: RowName): Row => ROWS[name];

/** Whether a word is the name of a row. */
export const isRowName = (word: string): word is RowName => Object.hasOwn(ROWS, word);

/**
 * The rows that some words begin.
 * @param words Beginnings of names; none means all rows.
 * @returns In the order of the table.
 * @throws {RangeError} If a word begins no name; the message lists them.
 * @example Usage
 * ```ts
 * import { chooseRows } from "ser/bench/rows.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(chooseRows(["features", "dbn"]), ["dbn", "features-1", "features-all"]);
 * ```
 */
export function chooseRows(words: readonly string[]): RowName[] {
  for (const word of words) {
    if (!ROW_NAMES.some((name) => name.startsWith(word))) {
      throw new RangeError(
        `Cannot choose what to measure: expected beginnings of ${
          ROW_NAMES.join(", ")
        }, received "${word}"`,
      );
    }
  }
  if (words.length === 0) return ROW_NAMES;
  // a whole name means that row alone: "epoch-cnn" is not "epoch-cnn-attention"
  const fits = (name: RowName, word: string) =>
    isRowName(word) ? name === word : name.startsWith(word);
  return ROW_NAMES.filter((name) => words.some((word) => fits(name, word)));
}
