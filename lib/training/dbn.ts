/** Trains the paper's deep belief network and puts it into a tfjs model (section 3.1). @module */
import * as tf from "@tensorflow/tfjs";
import { DBN, type DbnOptions, type FineTuneEpoch, type PretrainOptions } from "../dbn/dbn.ts";
import { seededDraws } from "../dbn/draws.ts";
import { fillNetwork, layerSizes } from "../dbn/network.ts";
import { type FitData, type FitOptions, TrainingInterrupted } from "./fit.ts";
import { score } from "../layers/loss.ts";
import { addEpoch, emptyHistory, type History, secondsPerEpoch } from "./state.ts";

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

/**
 * Pretrains and fine-tunes a deep belief network and fills the model's weights with it.
 * @param model From `dbnNetwork`; its sizes are those of the deep belief network.
 * @param data Training and test examples, `[n, coefficients]`, each feature scaled to [0, 1] by the
 *   minimum and maximum of the training examples.
 * @returns One entry per epoch of fine-tuning, and the errors of pretraining. Other than in `fit`, the
 *   training accuracy is without dropout, and the loss is so, too, with the variant "tensorflow".
 * @throws {TrainingInterrupted} If the signal stopped it; the model is unchanged.
 * @throws {RangeError} If it diverges: the features are not in [0, 1], or a rate is too large.
 */
export async function trainDbn(
  model: tf.LayersModel,
  data: FitData,
  options: TrainDbnOptions = {},
): Promise<History> {
  checkOptions(options);
  const { seed = 0, dropout, variant, epochs = 1000, signal } = options;
  const [features, ...hidden] = layerSizes(model), classes = hidden.pop()!;
  const dbn = new DBN(features, classes, { hidden, dropout, variant, draws: seededDraws(seed) });
  const history = emptyHistory();
  try {
    await train(dbn, data, history, { ...options, epochs });
    const network = dbn.network();
    fillNetwork(model, network);
    tf.dispose(network.map(({ W, b }) => [W, b]));
    return history;
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new TrainingInterrupted(history.loss.length, epochs, "train again to start over");
  } finally {
    dbn.dispose();
  }
}

/** Fills the history. */
async function train(
  dbn: DBN,
  { train: { x, labels }, test }: FitData,
  history: History,
  options: TrainDbnOptions & { epochs: number },
): Promise<void> {
  const { epochs, batchSize = 32, learningRate = 0.05, signal, onPretrainEpoch } = options;
  signal?.throwIfAborted();
  history.reconstructionError = await dbn.pretrain(x as tf.Tensor2D, {
    epochs: options.pretrainingEpochs,
    learningRate: options.pretrainingRate,
    batchSize,
    signal,
    onPretrainEpoch,
  });
  let start = performance.now();
  const onEpoch = async ({ epoch, loss, accuracy }: FineTuneEpoch): Promise<void> => {
    const result = score(await dbn.predict(test.x as tf.Tensor2D), test.labels);
    const numbers = {
      loss,
      accuracy,
      testLoss: result.loss / test.labels.length,
      testAccuracy: result.correct / test.labels.length,
      seconds: (performance.now() - start) / 1000,
    };
    addEpoch(history, numbers);
    const secondsLeft = (epochs - epoch) * secondsPerEpoch(history, 20)!; // each is some milliseconds
    await options.onEpoch?.({ epoch, epochs, learningRate, ...numbers, secondsLeft, history });
    start = performance.now();
  };
  await dbn.fineTune(x as tf.Tensor2D, labels, {
    epochs,
    learningRate,
    batchSize,
    signal,
    onEpoch,
  });
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
