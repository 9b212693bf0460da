/**
 * The training loop of section 3.7: Adam on sparse categorical cross-entropy, batches of 32 in a new
 * order each epoch, the test set looked at after each epoch. It is our own, not `model.fit`, so that
 * one seed decides everything, that it can stop between two batches and later go on as if it had
 * not, and that a notebook stays alive meanwhile. @module
 */
import * as tf from "@tensorflow/tfjs";
import { chainPass } from "../layers/chain.ts";
import { setDropoutStep } from "../layers/dropout.ts";
import { deriveSeed, RandomState } from "../support/random.ts";
import { Adam } from "./adam.ts";
import { score, sparseCategoricalCrossentropy } from "../layers/loss.ts";
import { type Examples, predictProbabilities } from "./predict.ts";
import { learningRateAt, PAPER_SCHEDULE, type RateStep } from "./schedule.ts";
import {
  addEpoch,
  emptyHistory,
  type EpochNumbers,
  type History,
  restoreState,
  secondsPerEpoch,
  Snapshot,
  type TrainingState,
} from "./state.ts";
import { yieldToEvents } from "../support/yield.ts";

/** What a training sees. */
export interface FitData {
  /** To learn from. */
  train: Examples;
  /**
   * To look at after each epoch; the paper calls it validation (test) set. A run of a split with a
   * validation part gives that (`curvePart`).
   */
  test: Examples;
}

/** What is known after a batch. */
export interface BatchReport {
  /** The epoch under way, from 1. */
  epoch: number;
  /** Epochs in all. */
  epochs: number;
  /** Batches done in this epoch, from 1. */
  batch: number;
  /** Batches per epoch. */
  batches: number;
  /** Mean training loss over this epoch so far, in nats. */
  loss: number;
  /** Training accuracy over this epoch so far, in [0, 1]. */
  accuracy: number;
  /** Estimated seconds to the end of the training. */
  secondsLeft: number;
}

/** What is known after an epoch, with its numbers. */
export interface EpochReport extends EpochNumbers {
  /** Epochs done, from 1. */
  epoch: number;
  /** Epochs in all. */
  epochs: number;
  /** The rate that this epoch had. */
  learningRate: number;
  /** Estimated seconds to the end of the training. */
  secondsLeft: number;
  /** All epochs so far; do not change it. */
  history: History;
}

/** How to train. */
export interface FitOptions {
  /** Decides the order of the examples in each epoch. @default {0} */
  seed?: number;
  /** Passes over the training set. @default {250} */
  epochs?: number;
  /** Examples per step; the last batch of an epoch may be smaller. @default {32} */
  batchSize?: number;
  /** The learning rate over the epochs. @default {1e-3, from epoch 100 on 1e-4} */
  learningRate?: readonly RateStep[];
  /** A state to go on from. */
  resume?: TrainingState;
  /** Stops the training between two batches. */
  signal?: AbortSignal;
  /** Told after each batch; the deep belief network's batches are too short for it. */
  onBatch?: (report: BatchReport) => void | Promise<void>;
  /** Told after each epoch. */
  onEpoch?: (report: EpochReport) => void | Promise<void>;
  /** Given the state after whole epochs to store it. */
  save?: (state: TrainingState) => Promise<void>;
  /** Least seconds between two calls of `save`; a stop always saves. @default {20} */
  saveEvery?: number;
}

/** The training was stopped by its signal; `state` is the one after the last whole epoch. */
export class TrainingInterrupted extends Error {
  override name = "TrainingInterrupted";

  /**
   * @param epoch Whole epochs done.
   * @param epochs Epochs wanted.
   * @param howToGoOn The end of the message.
   */
  constructor(readonly epoch: number, readonly epochs: number, howToGoOn: string) {
    super(`Training stopped after ${epoch} of ${epochs} epochs: ${howToGoOn}`);
  }
}

/**
 * Trains a model in place.
 * @param model Ends in a softmax over the classes; its dropout layers are seeded ones.
 * @param data Training and test examples.
 * @param options Length, rate, seed, callbacks, state to go on from.
 * @returns The history, one entry per epoch.
 * @throws {TrainingInterrupted} If the signal stopped it; `save` got the last whole epoch.
 * @throws {RangeError} If the loss stops being a finite number, or there are no examples.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { fit } from "ser/training/fit.ts";
 * import { ok } from "node:assert/strict";
 * await loadBackend();
 * const model = tf.sequential({ layers: [
 *   tf.layers.dense({ units: 2, activation: "softmax", kernelInitializer: "zeros", inputShape: [1] }),
 * ] });
 * const examples = { x: tf.tensor2d([[-1], [1]]), labels: Int32Array.of(0, 1) };
 * const history = await fit(model, { train: examples, test: examples }, { epochs: 5 });
 * ok(history.testLoss[4] < history.testLoss[0]);
 * ```
 */
export async function fit(
  model: tf.LayersModel,
  data: FitData,
  options: FitOptions = {},
): Promise<History> {
  checkExamples(model, data.train);
  checkExamples(model, data.test);
  const training = new Training(model, data, options);
  try {
    return await training.run();
  } finally {
    training.dispose();
  }
}

/** The time left is told by so many epochs. */
const LAST = 5;

/** One call of `fit`. */
class Training {
  readonly #options:
    & FitOptions
    & Required<Pick<FitOptions, "seed" | "epochs" | "batchSize" | "learningRate" | "saveEvery">>;
  readonly #variables: tf.Variable[];
  readonly #adam: Adam;
  readonly #pass: (x: tf.Tensor) => tf.Tensor;
  readonly #history: History;
  readonly #batches: number;
  #snapshot: Snapshot;
  #unsaved = false;
  #lastSave = performance.now();

  constructor(
    readonly model: tf.LayersModel,
    readonly data: FitData,
    options: FitOptions,
  ) {
    this.#options = {
      ...options, // first: a part that is there but undefined must not displace a default
      seed: options.seed ?? 0,
      epochs: options.epochs ?? 250,
      batchSize: options.batchSize ?? 32,
      learningRate: options.learningRate ?? PAPER_SCHEDULE,
      saveEvery: options.saveEvery ?? 20,
    };
    this.#variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    this.#adam = new Adam(this.#variables);
    this.#pass = chainPass(model, { training: true });
    if (options.resume) restoreState(options.resume, model, this.#adam);
    this.#history = structuredClone(options.resume?.history ?? emptyHistory());
    this.#batches = Math.ceil(data.train.labels.length / this.#options.batchSize);
    this.#snapshot = new Snapshot(model, this.#adam, this.#history);
  }

  async run(): Promise<History> {
    const { epochs, signal } = this.#options;
    try {
      while (this.#history.loss.length < epochs) {
        signal?.throwIfAborted();
        await this.#epoch(this.#history.loss.length);
        await this.#saveIfDue();
      }
    } catch (error) {
      if (!signal?.aborted) throw error;
      await this.#save();
      throw new TrainingInterrupted(
        this.#history.loss.length,
        epochs,
        "call fit() with the state that was saved as resume to go on",
      );
    }
    return this.#history;
  }

  dispose(): void {
    this.#snapshot.dispose();
    this.#adam.dispose();
  }

  /** One pass over the training set and a look at the test set. */
  async #epoch(epoch: number): Promise<void> {
    const { seed, batchSize, learningRate, signal } = this.#options;
    const start = performance.now();
    const { labels } = this.data.train;
    const order = new RandomState(deriveSeed(seed, "shuffle", epoch)).permutation(labels.length);
    const rate = learningRateAt(learningRate, epoch);
    const sums = { loss: 0, correct: 0, examples: 0 };
    for (let batch = 0; batch < this.#batches; batch++) {
      const chosen = order.slice(batch * batchSize, (batch + 1) * batchSize);
      const result = score(await this.#step(chosen, rate), chosen.map((i) => labels[i]));
      if (!Number.isFinite(result.loss)) throw diverged(epoch, batch, rate);
      sums.loss += result.loss;
      sums.correct += result.correct;
      sums.examples += chosen.length;
      await this.#reportBatch(epoch, batch, sums, start);
      await yieldToEvents();
      signal?.throwIfAborted();
    }
    await this.#endEpoch(rate, sums, start);
  }

  /** One step of Adam; gives the batch's probabilities from the forward pass, `[batch * classes]`. */
  async #step(chosen: Int32Array, rate: number): Promise<Float32Array> {
    setDropoutStep(this.model, this.#adam.step);
    const { x, labels } = this.data.train;
    const probabilities = tf.tidy(() => {
      const batch = tf.gather(x, tf.tensor1d(chosen, "int32"));
      const truth = tf.tensor1d(chosen.map((i) => labels[i]), "int32");
      let output: tf.Tensor2D;
      const { grads } = tf.variableGrads(() => {
        output = tf.keep(this.#pass(batch) as tf.Tensor2D);
        return sparseCategoricalCrossentropy(output, truth);
      }, this.#variables);
      this.#adam.apply(this.#variables.map(({ name }) => grads[name]), rate);
      return output!;
    });
    const values = await probabilities.data() as Float32Array;
    probabilities.dispose();
    return values;
  }

  /** The test set, the history's next entry, the report. */
  async #endEpoch(rate: number, sums: Sums, start: number): Promise<void> {
    const { test } = this.data, history = this.#history;
    const probabilities = await predictProbabilities(this.model, test.x, {
      signal: this.#options.signal,
    });
    const result = score(probabilities, test.labels);
    const numbers = {
      loss: sums.loss / sums.examples,
      accuracy: sums.correct / sums.examples,
      testLoss: result.loss / test.labels.length,
      testAccuracy: result.correct / test.labels.length,
      seconds: (performance.now() - start) / 1000,
    };
    addEpoch(history, numbers);
    this.#snapshot.dispose();
    this.#snapshot = new Snapshot(this.model, this.#adam, history);
    this.#unsaved = true;
    await this.#options.onEpoch?.({
      epoch: history.loss.length,
      epochs: this.#options.epochs,
      learningRate: rate,
      ...numbers,
      secondsLeft: (this.#options.epochs - history.loss.length) * secondsPerEpoch(history, LAST)!,
      history,
    });
  }

  async #reportBatch(epoch: number, batch: number, sums: Sums, start: number): Promise<void> {
    const { epochs, onBatch } = this.#options;
    if (!onBatch) return;
    const done = (batch + 1) / this.#batches;
    const perEpoch = secondsPerEpoch(this.#history, LAST) ??
      (performance.now() - start) / 1000 / done;
    await onBatch({
      epoch: epoch + 1,
      epochs,
      batch: batch + 1,
      batches: this.#batches,
      loss: sums.loss / sums.examples,
      accuracy: sums.correct / sums.examples,
      secondsLeft: perEpoch * (epochs - epoch - done),
    });
  }

  async #saveIfDue(): Promise<void> {
    if (performance.now() - this.#lastSave >= this.#options.saveEvery * 1000) await this.#save();
  }

  async #save(): Promise<void> {
    if (!this.#options.save || !this.#unsaved) return;
    await this.#options.save(await this.#snapshot.read());
    this.#unsaved = false;
    this.#lastSave = performance.now();
  }
}

type Sums = { loss: number; correct: number; examples: number };

function diverged(epoch: number, batch: number, rate: number): RangeError {
  return new RangeError(
    `Cannot go on training: expected a finite loss, received NaN or infinity in epoch ${
      epoch + 1
    }, batch ${
      batch + 1
    }; look for NaN or huge values in the inputs, or lower the learning rate (now ${rate})`,
  );
}

function checkExamples(model: tf.LayersModel, { x, labels }: Examples): void {
  const expected = `[n > 0, ${model.inputs[0].shape.slice(1)}] and n labels`;
  const fits = x.shape[0] === labels.length && labels.length > 0 &&
    x.shape.slice(1).join() === model.inputs[0].shape.slice(1).join();
  if (!fits) {
    throw new RangeError(
      `Cannot train: expected examples ${expected}, received [${x.shape}] and ${labels.length} labels`,
    );
  }
  const classes = model.outputShape.at(-1) as number;
  const wrong = labels.find((label) => !(label >= 0 && label < classes));
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot train: expected labels in [0, ${classes}), received ${wrong}`,
    );
  }
}
