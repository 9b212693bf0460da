/** What kind of restricted Boltzmann machine, and how to train it. @module */
import type { Draws } from "./draws.ts";
import type { DbnVariant, RbmActivation } from "./initial_weights.ts";

/** What kind of machine. */
export interface RbmOptions {
  /** `"sigmoid"` is the classic machine with binary units. @default {"relu"} (the paper's) */
  activation?: RbmActivation;
  /**
   * `"numpy"`: the statistics of contrastive divergence are the hidden units' values;
   * `"tensorflow"`: they are binary samples of them, and `fit` fills the last batch with zeros.
   * The initial ReLU weights are normal numbers cut to `|W| <= 0.2 / sqrt(visible units)`: of
   * standard deviation 1 / sqrt(visible units) (numpy) or a tenth of it (tensorflow).
   * @default {"numpy"}
   */
  variant?: DbnVariant;
  /** Where random numbers come from. @default {seededDraws(0)} */
  draws?: Draws;
}

/** One step of contrastive divergence. */
export interface ContrastiveDivergenceOptions {
  /** Size of the step, `> 0`. */
  learningRate: number;
  /** Gibbs steps from the data to the reconstruction, `>= 1` (the k of CD-k). @default {1} */
  k?: number;
  /** What the sums over the rows are divided by. @default {the number of rows} */
  batchSize?: number;
}

/** What is known after an epoch. */
export interface RbmEpoch {
  /** Epochs done, from 1. */
  epoch: number;
  /** Epochs in all. */
  epochs: number;
  /** See `RBM.reconstructionError`. */
  reconstructionError: number;
}

/** How to train; the defaults are the paper's. */
export interface RbmFitOptions {
  /** Passes over the data. @default {50} */
  epochs?: number;
  /** Examples per step; a smaller last batch is divided by this, too. @default {32} */
  batchSize?: number;
  /** Size of the steps. @default {0.005} */
  learningRate?: number;
  /** Gibbs steps. @default {1} */
  k?: number;
  /** Stops between two epochs, with the signal's reason. */
  signal?: AbortSignal;
  /** Told after each epoch. */
  onEpoch?: (report: RbmEpoch) => void | Promise<void>;
}

/** An epoch's, all given. */
export type EpochOptions = Required<Pick<RbmFitOptions, "k" | "batchSize" | "learningRate">>;
