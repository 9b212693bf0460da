/**
 * What the benchmark measures: its rows, the jobs of each, and what is told of them. A job is what one
 * process does, ours (worker.ts) or the peer's (run.py), which both read it as JSON. @module
 */
import type { ModelName } from "ser/models/catalogue.ts";
import { PAPER_TITLES } from "ser/paper/results.ts";
import { TRAININGS } from "ser/training/trainings.ts";

/** Sizes of a data set of random numbers: utterances to train on and to test on, and what they are. */
export type Shape = Record<"train" | "test" | "frames" | "coefficients" | "classes", number>;

/** One process's work, with all that decides how long it takes. */
export type Job =
  | {
    work: "training";
    model: Exclude<ModelName, "dbn">;
    shape: Shape;
    batchSize: number;
    testBatchSize: number;
    learningRate: number;
    /** Epochs that do not count, and epochs that do. */
    warmUp: number;
    epochs: number;
  }
  | { work: "dbn"; shape: Shape; batchSize: number; pretrainingEpochs: number; epochs: number }
  /** MFCCs of files by so many processes, null for one per core; `parts`: of each step apart, too. */
  | { work: "features"; paths: readonly string[]; workers: number | null; parts: boolean }
  /** `deno task paper` up to its first cell. */
  | { work: "start" };

/** A job of one kind. */
export type JobOf<W extends Job["work"]> = Extract<Job, { work: W }>;

/** A job of a row; where there are several, a label goes before the names of its numbers. */
export type LabelledJob = { label?: string; job: Job };

/** One row; `jobs` are the processes of one round. */
export interface Row {
  /** The work, in words. */
  title: string;
  /** What is told, by its name in the results: wall time, processor time (if there is a peer), the rest. */
  metrics: Readonly<Record<string, string>>;
  /** The processes of one round: on random data in a corpus's shape, on its files, or on neither. */
  jobs:
    | { shape: (shape: Shape) => LabelledJob[] }
    | { files: (paths: readonly string[]) => LabelledJob[] }
    | { alone: () => LabelledJob[] };
  /** Environment of the processes, ours and the peer's. */
  env?: Readonly<Record<string, string>>;
  /** What the peer is, by its versions; rows without it have no peer. */
  peer?: (versions: Readonly<Record<string, string>>) => string;
  /** Rounds at most. @default {as many as are asked for} */
  rounds?: number;
}

/** How much larger the data are in the rows about growth. */
export const FACTORS = [1, 4, 16] as const;

/** The label of a size of a series; "x1" begins every series. */
export const sizeLabel = (series: string, factor: number): string =>
  factor === 1 ? "x1" : `${series} x${factor}`;

/** The name of a number of a labelled job. */
export const labelled = (label: string | undefined, name: string): string =>
  label === undefined ? name : `${label}: ${name}`;

/** Every size once: the series, the factor, and its label. */
const sizes = (...series: string[]) =>
  series.flatMap((name, i) =>
    FACTORS.slice(i && 1).map((factor) => ({
      ...{ series: name, factor, label: sizeLabel(name, factor) },
    }))
  );

const growthMetrics = (time: string, ...series: string[]) =>
  Object.fromEntries(
    sizes(...series).flatMap(({ label }) => [
      [labelled(label, time), label],
      [labelled(label, "peakMegabytes"), `${label}, peak memory`],
    ]),
  );

/** Epochs that count, of each network: the shorter, the more. */
const EPOCHS = { sdnn: 40, lstm: 10, "lstm-attention": 10, cnn: 15, "cnn-attention": 15 };

const training = (model: JobOf<"training">["model"], shape: Shape): JobOf<"training"> => ({
  ...{ work: "training", model, shape, batchSize: 32, testBatchSize: 128 },
  ...{ learningRate: TRAININGS[model].learningRate[0].rate, warmUp: 2, epochs: EPOCHS[model] },
});

const epochRow = (model: JobOf<"training">["model"]): Row => ({
  title: `epoch of ${PAPER_TITLES[model]}`,
  metrics: {
    epochSeconds: "warm epoch",
    epochCpuSeconds: "warm epoch, processor time",
    firstEpochSeconds: "first epoch",
    importSeconds: "process start to library loaded",
    startSeconds: "process start to first finished epoch",
    utteranceMs: "prediction of one utterance",
    peakMegabytes: "peak memory",
  },
  jobs: { shape: (shape) => [{ job: training(model, shape) }] },
  peer: ({ keras, tensorflow }) =>
    `Keras ${keras}, TensorFlow ${tensorflow}, eager=False, jit off on CPU`,
});

/**
 * NumPy's matrices here are too small for more than one BLAS thread to be of use: on a quiet machine
 * two are hardly faster, on a busy one they wait for each other, and all takes ten times as long.
 */
const ONE_BLAS_THREAD = { OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };

/** So that one core is one core. */
const ONE_THREAD = { ...ONE_BLAS_THREAD, OMP_NUM_THREADS: "1", NUMBA_NUM_THREADS: "1" };

const FEATURES = { seconds: "all files", cpuSeconds: "all files, processor time" };

const features = (paths: readonly string[], workers: number | null): JobOf<"features"> => ({
  ...{ work: "features", paths, workers, parts: workers === 1 },
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
    metrics: {
      runSeconds: "whole run",
      runCpuSeconds: "whole run, processor time",
      pretrainingSeconds: "pretraining, 3 x 50 epochs",
      fineTuningSeconds: "fine-tuning, 1000 epochs",
      peakMegabytes: "peak memory",
    },
    jobs: {
      shape: (shape) => [
        { job: { work: "dbn", shape, batchSize: 32, pretrainingEpochs: 50, epochs: 1000 } },
      ],
    },
    env: ONE_BLAS_THREAD,
    peer: ({ numpy }) => `NumPy ${numpy}, the DBN package as batch matrices, one BLAS thread`,
  },
  "features-1": {
    title: "MFCCs of the corpus, one core",
    metrics: {
      ...FEATURES,
      decodeSeconds: "decoding alone",
      resampleSeconds: "resampling alone",
      mfccSeconds: "MFCCs alone",
      peakMegabytes: "peak memory",
    },
    jobs: { files: (paths) => [{ job: features(paths, 1) }] },
    env: ONE_THREAD,
    peer: ({ librosa }) => `librosa ${librosa}, one process, one BLAS thread`,
  },
  "features-all": {
    title: "MFCCs of the corpus, all cores",
    metrics: FEATURES,
    jobs: { files: (paths) => [{ job: features(paths, null) }] },
    env: ONE_THREAD,
    peer: ({ librosa, joblib }) => `librosa ${librosa}, joblib ${joblib}, a process for each core`,
  },
  "scaling-epoch": {
    title: `epoch of ${PAPER_TITLES["cnn-attention"]} with 4 and 16 times the utterances or frames`,
    metrics: growthMetrics("epochSeconds", "utterances", "frames"),
    jobs: {
      shape: ({ train, test, frames, ...rest }) =>
        sizes("utterances", "frames").map(({ series, factor, label }) => {
          const shape = series === "frames"
            ? { train, test, frames: frames * factor, ...rest }
            : { train: train * factor, test: test * factor, frames, ...rest };
          return { label, job: { ...training("cnn-attention", shape), warmUp: 1, epochs: 1 } };
        }),
    },
    rounds: 1,
  },
  "scaling-features": {
    title: "MFCCs of 4 and 16 times the corpus, all cores",
    metrics: growthMetrics("seconds", "utterances"),
    jobs: {
      files: (paths) =>
        sizes("utterances").map(({ factor, label }) => {
          const all = Array.from({ length: factor }, () => paths).flat();
          return { label, job: features(all, null) };
        }),
    },
    rounds: 1,
  },
  "start": {
    title: "start of deno task paper where all is set up",
    metrics: {
      readySeconds: "set-up checked",
      kernelSeconds: "kernel up, first cell sent",
      firstCellSeconds: "first cell (imports) done",
    },
    jobs: { alone: () => [{ job: { work: "start" } }] },
  },
} as const satisfies Record<string, Row>;

/** The name of a row. */
export type RowName = keyof typeof ROWS;

/** The names of all rows, in the order of the table. */
export const ROW_NAMES = Object.keys(ROWS) as RowName[];

/** A row by its name. */
export const rowOf = (name: RowName): Row => ROWS[name];

/**
 * The rows that some words begin, in the order of the table; none means all rows. A whole name means
 * that row alone: "epoch-cnn" is not "epoch-cnn-attention".
 * @throws {RangeError} If a word begins no name; the message lists them.
 */
export function chooseRows(words: readonly string[]): RowName[] {
  const fits = (name: RowName, word: string) =>
    Object.hasOwn(ROWS, word) ? name === word : name.startsWith(word);
  const wrong = words.find((word) => !ROW_NAMES.some((name) => fits(name, word)));
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot choose what to measure: expected beginnings of ${
        ROW_NAMES.join(", ")
      }, received "${wrong}"`,
    );
  }
  return ROW_NAMES.filter((name) => !words.length || words.some((word) => fits(name, word)));
}
