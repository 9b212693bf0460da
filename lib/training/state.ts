/**
 * The state of a training between two epochs: all that is needed to go on as if nothing had
 * happened. The order of each epoch and the dropout masks follow from the seed, so no random
 * generator is part of it. @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Adam, AdamState } from "./adam.ts";

/** The numbers of an epoch. */
export interface EpochNumbers {
  /** Mean training loss over the epoch, under dropout, in nats. */
  loss: number;
  /** Training accuracy over the epoch, under dropout, in [0, 1]. */
  accuracy: number;
  /** Loss on `FitData.test` after the epoch, without dropout, in nats. */
  testLoss: number;
  /** Accuracy on `FitData.test` after the epoch, in [0, 1]. */
  testAccuracy: number;
  /** Seconds that the epoch took, test included. */
  seconds: number;
}

/** What Keras calls the history: one number per epoch in each list. */
export interface History extends Record<keyof EpochNumbers, number[]> {
  /** Of a deep belief network: reconstruction error in pretraining, `[layer][epoch]`. */
  reconstructionError?: number[][];
}

/** A history without epochs. */
export const emptyHistory = (): History => ({
  loss: [],
  accuracy: [],
  testLoss: [],
  testAccuracy: [],
  seconds: [],
});

/** Adds an epoch to a history. */
export function addEpoch(history: History, numbers: EpochNumbers): void {
  for (const name of Object.keys(numbers) as (keyof EpochNumbers)[]) {
    history[name].push(numbers[name]);
  }
}

/** Mean of the last epochs, since other programs come and go; undefined before the first. */
export function secondsPerEpoch({ seconds }: History, count: number): number | undefined {
  const last = seconds.slice(-count);
  return last.length === 0 ? undefined : last.reduce((sum, s) => sum + s, 0) / last.length;
}

/** A training after some whole epochs. */
export interface TrainingState {
  /** Epochs completed; the history is that long. */
  epoch: number;
  /** The history so far. */
  history: History;
  /** All weights of the model, batch normalization's statistics included, in the model's order. */
  weights: Float32Array[];
  /** The optimizer. */
  adam: AdamState;
}

/** The same on the back end: taken in no time, read only when somebody wants to store it. */
export class Snapshot {
  readonly #history: History;
  readonly #weights: tf.Tensor[];
  readonly #adam: { step: number; m: tf.Tensor1D; v: tf.Tensor1D };

  /**
   * Takes the state; later training does not change it.
   * @param model The network.
   * @param adam Its optimizer.
   * @param history The history so far.
   */
  constructor(model: tf.LayersModel, adam: Adam, history: History) {
    this.#history = structuredClone(history);
    this.#weights = model.getWeights().map((weight) => tf.keep(weight.clone()));
    this.#adam = adam.snapshot();
  }

  /** Reads the state from the back end. */
  async read(): Promise<TrainingState> {
    const { step, m, v } = this.#adam;
    return {
      epoch: this.#history.loss.length,
      history: structuredClone(this.#history),
      weights: await Promise.all(this.#weights.map(readFloats)),
      adam: { step, m: await readFloats(m), v: await readFloats(v) },
    };
  }

  /** Frees its tensors. */
  dispose(): void {
    tf.dispose([this.#weights, this.#adam.m, this.#adam.v]);
  }
}

/**
 * Puts a stored state into a model and its optimizer.
 * @throws {TypeError} If the state belongs to another architecture.
 */
export function restoreState(state: TrainingState, model: tf.LayersModel, adam: Adam): void {
  const expected = model.getWeights().map((weight) => weight.size).join(", ");
  const received = state.weights.map((weight) => weight.length).join(", ");
  if (expected !== received) {
    throw new TypeError(
      `Cannot go on from the checkpoint: expected weights of ${expected} numbers, received ${received}`,
    );
  }
  adam.restore(state.adam);
  tf.tidy(() => {
    model.setWeights(
      model.getWeights().map((weight, i) => tf.tensor(state.weights[i], weight.shape)),
    );
  });
}

/** A copy of a float32 tensor's numbers; `data()` may hand out the back end's own memory. */
const readFloats = async (tensor: tf.Tensor): Promise<Float32Array> =>
  Float32Array.from(await tensor.data());
