/** How the paper trains each network: how long, at which rate, by which loop. @module */
import type * as tf from "@tensorflow/tfjs";
import type { ModelName, ModelOptions } from "../models/catalogue.ts";
import { trainDbn, type TrainDbnOptions } from "./dbn.ts";
import { fit, type FitData, type FitOptions } from "./fit.ts";
import { PAPER_SCHEDULE, type RateStep } from "./schedule.ts";
import type { History } from "./state.ts";

/** The training of one architecture. */
interface TrainingEntry {
  /** Passes over the training set; the paper states them for the DBN alone. */
  epochs: number;
  /** The paper's learning rate (3.1, 3.7). */
  learningRate: readonly RateStep[];
  /** Trains what `buildModel` built; the options are complete and valid. */
  fit: (
    model: tf.LayersModel,
    data: FitData,
    options: FitOptions,
    modelOptions: ModelOptions,
  ) => Promise<History>;
}

const SEQUENCE_TRAINING: TrainingEntry = { epochs: 250, learningRate: PAPER_SCHEDULE, fit };

const fitDbn: TrainingEntry["fit"] = (model, data, options, modelOptions) => {
  const [{ rate }] = options.learningRate ?? TRAININGS.dbn.learningRate;
  const { variant, dropout, pretrainingEpochs } = modelOptions as unknown as TrainDbnOptions;
  const settings = { ...options, learningRate: rate, variant, dropout, pretrainingEpochs };
  return trainDbn(model, data, settings);
};

/** The training of every model, by the name of the model. */
export const TRAININGS: Readonly<Record<ModelName, TrainingEntry>> = {
  dbn: { epochs: 1000, learningRate: [{ from: 0, rate: 0.05 }], fit: fitDbn },
  sdnn: { epochs: 300, learningRate: [{ from: 0, rate: 1e-4 }], fit },
  lstm: SEQUENCE_TRAINING,
  "lstm-attention": SEQUENCE_TRAINING,
  cnn: SEQUENCE_TRAINING,
  "cnn-attention": SEQUENCE_TRAINING,
};
