/** Trains the paper's deep belief network and puts it into a tfjs model (section 3.1). @module */
import * as tf from "@tensorflow/tfjs";
import { DBN, type DbnOptions, type FineTuneEpoch, type PretrainOptions } from "../dbn/dbn.ts";
import { seededDraws } from "../dbn/draws.ts";
import { fillNetwork, layerSizes } from "../dbn/network.ts";
import { type FitData, type FitOptions, TrainingInterrupted } from "./fit.ts";
import { score } from "../layers/loss.ts";
import { emptyHistory, type History } from "./state.ts";

/** How to train; the defaults are the paper's. */
export interface TrainDbnOptions
  extends
    Pick<FitOptions, "signal" | "onEpoch">,
    Pick<DbnOptions, "dropout" | "variant">,
    Pick<PretrainOptions, "onPretrainEpoch"> {
  /** Integer in [0, 2^31): all random numbers follow from it. @default {0} */
  seed?: number;
  /** Passes over the training set in fine-tuning. @default {1000} */
  epochs?: number;
  /** Examples per step, in pretraining, too. @default {32} */
  batchSize?: number;
  /** Rate of fine-tuning. @default {0.05} */
  learningRate?: number;
  /** Passes over the training set for each hidden layer before. @default {50} */
  pretrainingEpochs?: number;
  /** Rate of pretraining. @default {0.005} */
  pretrainingRate?: number;
}

/** What the training gives beside the model's weights. */
export interface DbnTraining {
  /**
   * One entry per epoch of fine-tuning. Other than in `fit`, the training accuracy is without dropout,
   * and the loss is so, too, with the variant "tensorflow".
   */
  history: History;
  /** Reconstruction errors of pretraining, `[layer][epoch]`. */
  reconstructionError: number[][];
}

/**
 * Pretrains and fine-tunes a deep belief network and fills the model's weights with it.
 * @param model From `dbnNetwork`; its sizes are those of the deep belief network.
 * @param data Training and test examples, `[n, coefficients]`, each feature scaled to [0, 1] by the
 *   minimum and maximum of the training examples.
 * @throws {TrainingInterrupted} If the signal stopped it; the model is unchanged.
 * @throws {RangeError} If it diverges: the features are not in [0, 1], or a rate is too large.
 */
export async function trainDbn(
  model: tf.LayersModel,
  data: FitData,
  options: TrainDbnOptions = {},
): Promise<DbnTraining> {
  const [features, ...hidden] = layerSizes(model);
  const classes = hidden.pop()!;
  checkOptions(options);
  const { seed = 0, dropout, variant } = options;
  const dbn = new DBN(features, classes, { hidden, dropout, variant, draws: seededDraws(seed) });
  try {
    const trained = await new DbnSitting(dbn, data, options).run();
    const network = dbn.network();
    fillNetwork(model, network);
    tf.dispose(network.map(({ W, b }) => [W, b]));
    return trained;
  } finally {
    dbn.dispose();
  }
}

/** One call of `trainDbn`. */
class DbnSitting {
  readonly #history = emptyHistory();
  readonly #epochs: number;
  readonly #batchSize: number;
  readonly #learningRate: number;
  /** When the epoch began, in ms. */
  #start = 0;

  constructor(readonly dbn: DBN, readonly data: FitData, readonly options: TrainDbnOptions) {
    this.#epochs = options.epochs ?? 1000;
    this.#batchSize = options.batchSize ?? 32;
    this.#learningRate = options.learningRate ?? 0.05;
  }

  async run(): Promise<DbnTraining> {
    try {
      return await this.#train();
    } catch (error) {
      if (!this.options.signal?.aborted) throw error;
      const done = this.#history.loss.length;
      throw new TrainingInterrupted(done, this.#epochs, "train again to start over");
    }
  }

  async #train(): Promise<DbnTraining> {
    const { pretrainingEpochs, pretrainingRate, signal, onPretrainEpoch } = this.options;
    const { x, labels } = this.data.train;
    signal?.throwIfAborted();
    const reconstructionError = await this.dbn.pretrain(x as tf.Tensor2D, {
      epochs: pretrainingEpochs,
      learningRate: pretrainingRate,
      batchSize: this.#batchSize,
      signal,
      onPretrainEpoch,
    });
    this.#start = performance.now();
    await this.dbn.fineTune(x as tf.Tensor2D, labels, {
      epochs: this.#epochs,
      learningRate: this.#learningRate,
      batchSize: this.#batchSize,
      signal,
      onEpoch: (report) => this.#endEpoch(report),
    });
    return { history: this.#history, reconstructionError };
  }

  /** The test set, the history's next entry, the report. */
  async #endEpoch({ epoch, epochs, loss, accuracy }: FineTuneEpoch): Promise<void> {
    const { test } = this.data, history = this.#history;
    const result = score(await this.dbn.predict(test.x as tf.Tensor2D), test.labels);
    const testLoss = result.loss / test.labels.length;
    const testAccuracy = result.correct / test.labels.length;
    const seconds = (performance.now() - this.#start) / 1000;
    const entry = { loss, accuracy, testLoss, testAccuracy, seconds };
    for (const name of Object.keys(entry) as (keyof typeof entry)[]) {
      history[name].push(entry[name]);
    }
    const learningRate = this.#learningRate, secondsLeft = this.#secondsLeft(epoch);
    await this.options.onEpoch?.({ epoch, epochs, learningRate, ...entry, secondsLeft, history });
    this.#start = performance.now();
  }

  /** From the mean of the last twenty epochs, each some milliseconds. */
  #secondsLeft(epochsDone: number): number {
    const last = this.#history.seconds.slice(-20);
    const perEpoch = last.reduce((sum, s) => sum + s, 0) / last.length;
    return perEpoch * (this.#epochs - epochsDone);
  }
}

function checkOptions(options: TrainDbnOptions): void {
  for (const name of ["epochs", "batchSize", "pretrainingEpochs"] as const) {
    const value = options[name], least = name === "pretrainingEpochs" ? 0 : 1;
    if (value === undefined || Number.isInteger(value) && value >= least) continue;
    throw new RangeError(
      `Cannot train the DBN: expected ${name} to be a whole number >= ${least}, received ${value}`,
    );
  }
  for (const name of ["learningRate", "pretrainingRate"] as const) {
    const value = options[name];
    if (value === undefined || Number.isFinite(value) && value > 0) continue;
    throw new RangeError(`Cannot train the DBN: expected ${name} > 0, received ${value}`);
  }
}
