/**
 * What the benchmark measures: its rows, and the jobs of each. A job is what one process does, ours
 * (worker.ts) or the peer's (run.py), which both read it as JSON. @module
 */
import type { ModelName } from "ser/models/catalogue.ts";
import { PAPER_TITLES } from "ser/paper/results.ts";
import { TRAININGS } from "ser/training/trainings.ts";

/** Sizes of a data set of random numbers: utterances to train on and to test on, and what they are. */
export type Shape = Record<"train" | "test" | "frames" | "coefficients" | "classes", number>;

/** Trains a network; the epochs of `warmUp` do not count. */
export interface TrainingJob {
  work: "training";
  model: Exclude<ModelName, "dbn">;
  shape: Shape;
  batchSize: number;
  testBatchSize: number;
  learningRate: number;
  warmUp: number;
  epochs: number;
}

/** Pretrains and fine-tunes the deep belief network. */
export interface DbnJob {
  work: "dbn";
  shape: Shape;
  batchSize: number;
  pretrainingEpochs: number;
  epochs: number;
}

/** Takes the MFCCs of files by so many processes, null for one per core; `parts`: each step apart, too. */
export interface FeaturesJob {
  work: "features";
  paths: string[];
  workers: number | null;
  parts: boolean;
}

/** One process's work; "start" is `deno task paper` up to its first cell. */
export type Job = TrainingJob | DbnJob | FeaturesJob | { work: "start" };

/** One row. */
export interface Row {
  /** The work, in words. */
  title: string;
  /**
   * The processes of one round, by the label that goes before the names of their numbers: on random data
   * in a corpus's shape, on its files, or on neither.
   */
  jobs:
    | { onShape: (shape: Shape) => Record<string, Job> }
    | { onFiles: (paths: string[]) => Record<string, Job> }
    | { alone: Record<string, Job> };
  /** The numbers that are told. @default {all} */
  tells?: readonly string[];
  /** Of those the wall and the processor time in which the sides are compared. */
  compares?: readonly [wall: string, processor: string];
  /** Environment of the processes, ours and the peer's. */
  env?: Readonly<Record<string, string>>;
  /** What the peer is, by its versions; rows without it have no peer. */
  peer?: (versions: Readonly<Record<string, string>>) => string;
  /** Rounds at most. @default {as many as are asked for} */
  rounds?: number;
}

/** How much larger the data are in the rows about growth. */
export const FACTORS = [1, 4, 16] as const;

/** What goes before the numbers of a size of a series; the same size begins every series. */
export const sizeLabel = (series: string, factor: number): string =>
  factor === 1 ? "x1: " : `${series} x${factor}: `;

/** A job for each size of a series. */
const sizes = (series: string, jobAt: (factor: number) => Job) =>
  Object.fromEntries(FACTORS.map((factor) => [sizeLabel(series, factor), jobAt(factor)]));

/** Epochs that count, of each network: the shorter, the more. */
const EPOCHS = { sdnn: 40, lstm: 10, "lstm-attention": 10, cnn: 15, "cnn-attention": 15 };

const training = (model: TrainingJob["model"], shape: Shape): TrainingJob => ({
  ...{ work: "training", model, shape, batchSize: 32, testBatchSize: 128 },
  ...{ learningRate: TRAININGS[model].learningRate[0].rate, warmUp: 2, epochs: EPOCHS[model] },
});

const epochRow = (model: TrainingJob["model"]): Row => ({
  title: `epoch of ${PAPER_TITLES[model]}`,
  jobs: { onShape: (shape) => ({ "": training(model, shape) }) },
  compares: ["epochSeconds", "epochCpuSeconds"],
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

const FEATURES_TIMES = ["seconds", "cpuSeconds"] as const;

const features = (paths: string[], workers: number | null): FeaturesJob => ({
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
    jobs: {
      onShape: (shape) => ({
        "": { work: "dbn", shape, batchSize: 32, pretrainingEpochs: 50, epochs: 1000 },
      }),
    },
    compares: ["runSeconds", "runCpuSeconds"],
    env: ONE_BLAS_THREAD,
    peer: ({ numpy }) => `NumPy ${numpy}, the DBN package as batch matrices, one BLAS thread`,
  },
  "features-1": {
    title: "MFCCs of the corpus, one core",
    jobs: { onFiles: (paths) => ({ "": features(paths, 1) }) },
    compares: FEATURES_TIMES,
    env: ONE_THREAD,
    peer: ({ librosa }) => `librosa ${librosa}, one process, one BLAS thread`,
  },
  "features-all": {
    title: "MFCCs of the corpus, all cores",
    jobs: { onFiles: (paths) => ({ "": features(paths, null) }) },
    tells: FEATURES_TIMES,
    compares: FEATURES_TIMES,
    env: ONE_THREAD,
    peer: ({ librosa, joblib }) => `librosa ${librosa}, joblib ${joblib}, a process for each core`,
  },
  "scaling-epoch": {
    title: `epoch of ${PAPER_TITLES["cnn-attention"]} with 4 and 16 times the utterances or frames`,
    jobs: {
      onShape: (shape) => {
        const job = { ...training("cnn-attention", shape), warmUp: 1, epochs: 1 };
        const times = (factor: number, ...keys: (keyof Shape)[]) => {
          const larger = Object.fromEntries(keys.map((key) => [key, shape[key] * factor]));
          return { ...job, shape: { ...shape, ...larger } };
        };
        const utterances = sizes("utterances", (factor) => times(factor, "train", "test"));
        return { ...utterances, ...sizes("frames", (factor) => times(factor, "frames")) };
      },
    },
    tells: ["epochSeconds", "peakMegabytes"],
    rounds: 1,
  },
  "scaling-features": {
    title: "MFCCs of 4 and 16 times the corpus, all cores",
    jobs: {
      onFiles: (paths) =>
        sizes("utterances", (factor) => features(Array(factor).fill(paths).flat(), null)),
    },
    tells: ["seconds", "peakMegabytes"],
    rounds: 1,
  },
  "start": {
    title: "start of deno task paper where all is set up",
    jobs: { alone: { "": { work: "start" } } },
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
