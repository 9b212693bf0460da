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

/** How long and how fast to train, a machine or the whole network; the defaults are the paper's. */
export interface EpochsOptions {
  /** Passes over the data. @default {50 of a machine, 1000 of fine-tuning} */
  epochs?: number;
  /** Examples per step; a smaller last batch of a machine is divided by this, too. @default {32} */
  batchSize?: number;
  /** Size of the steps. @default {0.005 of a machine, 0.05 of fine-tuning} */
  learningRate?: number;
  /** Stops between two epochs, with the signal's reason. */
  signal?: AbortSignal;
}

/** How to train a machine. */
export interface RbmFitOptions extends EpochsOptions {
  /** Gibbs steps. @default {1} */
  k?: number;
  /** Told after each epoch. */
  onEpoch?: (report: RbmEpoch) => void | Promise<void>;
}

/** An epoch's, all given. */
export type EpochOptions = Required<Pick<EpochsOptions, "batchSize" | "learningRate">>;

/**
 * Refuses what training made infinite or no number.
 * @throws {RangeError} If the value is not finite.
 */
export function checkFinite(
  training: { doing: string; what: string; more?: string },
  value: number,
  epoch: number,
  rate: number,
): void {
  if (Number.isFinite(value)) return;
  const { doing, what, more = "" } = training;
  throw new RangeError(
    `Cannot go on ${doing}: expected a finite ${what}, received ${value} in epoch ${epoch}; ${more}scale every feature to [0, 1] (min-max, fitted on the training examples), or lower the learning rate (now ${rate})`,
  );
}
