/**
 * The deep belief network of section 3.1 (Hinton, Osindero & Teh 2006, Neural Computation 18(7)), as
 * the package computes it that the paper used: restricted Boltzmann machines, trained one after the
 * other without labels, then back-propagation through all of them with labels. @module
 */
import * as tf from "@tensorflow/tfjs";
import { score } from "../layers/loss.ts";
import { yieldToEvents } from "../support/yield.ts";
import { type Draws, seededDraws } from "./draws.ts";
import { FineTuning } from "./fine_tuning.ts";
import type { DenseLayer } from "./network.ts";
import type { DbnVariant } from "./initial_weights.ts";
import { RBM } from "./rbm.ts";
import {
  checkFinite,
  type EpochsOptions,
  type RbmEpoch,
  type RbmFitOptions,
} from "./rbm_options.ts";
import { takeValues } from "./rows.ts";
import { checkOptions } from "../support/options.ts";

/** Sizes and kind; the defaults are the paper's. */
export interface DbnOptions {
  /** Units of the hidden layers. @default {[128, 128, 128]} */
  hidden?: readonly number[];
  /** Share of inputs and hidden values that dropout sets to 0 in fine-tuning, in [0, 1). @default {0.2} */
  dropout?: number;
  /**
   * Which of the package's classes to follow. `"numpy"` (the CPU's): weight decay of 1 over the number
   * of training examples, loss as it runs, under dropout. `"tensorflow"`: no weight decay, hidden units
   * sampled twice in pretraining, loss over the whole training set after the epoch, without dropout.
   * @default {"numpy"}
   */
  variant?: DbnVariant;
  /** Where random numbers come from. @default {seededDraws(0)} */
  draws?: Draws;
}

/** What is known after an epoch of pretraining. */
export interface PretrainEpoch extends RbmEpoch {
  /** The machine that learns, from 1. */
  layer: number;
  /** Machines in all. */
  layers: number;
}

/** How to pretrain; the defaults are the paper's. */
export interface PretrainOptions extends Omit<RbmFitOptions, "onEpoch"> {
  /** Told after each epoch of each machine. */
  onPretrainEpoch?: (report: PretrainEpoch) => void | Promise<void>;
}

/** What is known after an epoch of fine-tuning. */
export interface FineTuneEpoch extends Pick<RbmEpoch, "epoch" | "epochs"> {
  /** The variant's training loss, in nats. */
  loss: number;
  /** Training accuracy after the epoch, without dropout, in [0, 1]. */
  accuracy: number;
}

/** How to fine-tune; the defaults are the paper's. */
export interface FineTuneOptions extends EpochsOptions {
  /** Told after each epoch. */
  onEpoch?: (report: FineTuneEpoch) => void | Promise<void>;
}

/**
 * A deep belief network for classification.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { DBN } from "ser/dbn/dbn.ts";
 * import { ok } from "node:assert/strict";
 * await loadBackend();
 * const x = tf.tensor2d([[0, 1, 1], [1, 0, 0], [0, 1, 0.9], [1, 0.1, 0]]); // each feature in [0, 1]
 * const dbn = new DBN(3, 2, { hidden: [8, 8] });
 * const errors = await dbn.pretrain(x, { epochs: 20, batchSize: 2, learningRate: 0.05 });
 * ok(errors[0][19] < errors[0][0]);
 * const losses = await dbn.fineTune(x, Int32Array.of(0, 1, 0, 1), { epochs: 100, batchSize: 2 });
 * ok(losses[99] < losses[0]);
 * dbn.dispose();
 * ```
 */
export class DBN {
  /** The machines, first layer first. */
  readonly rbms: readonly RBM[];
  readonly #settings: Required<Omit<DbnOptions, "hidden">>;
  #tuning: FineTuning | undefined;

  /**
   * @param features Length of an example.
   * @param classes Number of classes.
   * @param options Sizes and kind.
   * @throws {RangeError} If a size or the dropout is out of range.
   */
  constructor(readonly features: number, readonly classes: number, options: DbnOptions = {}) {
    checkOptions("make a DBN", options, "hidden dropout variant draws");
    const { hidden = [128, 128, 128], dropout = 0.2, variant = "numpy" } = options;
    const draws = options.draws ?? seededDraws(0);
    if (!(dropout >= 0 && dropout < 1)) {
      throw new RangeError(`Cannot make a DBN: expected a dropout in [0, 1), received ${dropout}`);
    }
    if (hidden.length === 0 || !Number.isInteger(classes) || classes < 2) {
      throw new RangeError(
        `Cannot make a DBN: expected at least one hidden layer and two classes, received ${hidden.length} and ${classes}`,
      );
    }
    this.#settings = { dropout, variant, draws };
    const inputs = [features, ...hidden];
    this.rbms = hidden.map((units, i) => new RBM(inputs[i], units, { variant, draws }));
  }

  /**
   * Trains the machines one after the other, each on the hidden values of the one before.
   * @param x Examples, shape `[n, features]`, each feature in [0, 1].
   * @param options Length, rate, callbacks.
   * @returns Reconstruction errors, `[layer][epoch]`.
   * @throws {RangeError} If a reconstruction error stops being a finite number.
   */
  async pretrain(x: tf.Tensor2D, options: PretrainOptions = {}): Promise<number[][]> {
    const { onPretrainEpoch, ...fitting } = options;
    const layers = this.rbms.length, errors: number[][] = [];
    let data = x.clone();
    try {
      for (const [i, rbm] of this.rbms.entries()) {
        const onEpoch = (report: RbmEpoch) =>
          onPretrainEpoch?.({ ...report, layer: i + 1, layers });
        errors.push(await rbm.fit(data, { ...fitting, onEpoch }));
        const next = rbm.hidden(data);
        data.dispose();
        data = next;
      }
    } finally {
      data.dispose();
    }
    return errors;
  }

  /**
   * Puts a softmax layer with random weights on the machines and trains all layers with labels. Starts
   * from the machines as they are; they do not change.
   * @param x Examples, shape `[n, features]`, scaled as in pretraining.
   * @param labels Classes, `[n]`, each in [0, classes).
   * @param options Length, rate, callbacks.
   * @returns The variant's training loss of each epoch, in nats.
   * @throws {RangeError} If the loss stops being a finite number, or a label is out of range.
   */
  async fineTune(
    x: tf.Tensor2D,
    labels: Int32Array,
    options: FineTuneOptions = {},
  ): Promise<number[]> {
    checkOptions("fine-tune", options, "epochs learningRate batchSize signal onEpoch");
    const { epochs = 1000, learningRate = 0.05, batchSize = 32, signal, onEpoch } = options;
    this.#checkExamples(x, labels);
    this.#tuning?.dispose();
    const tuning = this.#tuning = new FineTuning(this.rbms, this.classes, this.#settings);
    const losses: number[] = [], n = labels.length;
    for (let epoch = 1; epoch <= epochs; epoch++) {
      signal?.throwIfAborted();
      const sums = await tuning.epoch(x, labels, { learningRate, batchSize });
      const after = score(await this.predict(x), labels);
      const loss = (this.#settings.variant === "numpy" ? sums : after).loss / n;
      checkFinite({ doing: "fine-tuning the DBN", what: "loss" }, loss, epoch, learningRate);
      losses.push(loss);
      await onEpoch?.({ epoch, epochs, loss, accuracy: after.correct / n });
      await yieldToEvents();
    }
    return losses;
  }

  /**
   * The fine-tuned network for use without dropout: ReLU layers and, last, the softmax layer.
   * @returns New tensors, which the caller disposes.
   * @throws {Error} Before fine-tuning.
   */
  network(): DenseLayer[] {
    return this.#tuned().network();
  }

  /**
   * Class probabilities.
   * @param x Shape `[n, features]`.
   * @returns Row-major `[n, classes]`; each row sums to 1.
   * @throws {Error} Before fine-tuning.
   */
  async predict(x: tf.Tensor2D): Promise<Float32Array> {
    return await takeValues(this.#tuned().predict(x));
  }

  /** Frees all weights. */
  dispose(): void {
    this.rbms.forEach((rbm) => rbm.dispose());
    this.#tuning?.dispose();
  }

  #tuned(): FineTuning {
    if (this.#tuning) return this.#tuning;
    throw new Error(
      "Cannot use the DBN: expected fineTune() before, received a network without it",
    );
  }

  #checkExamples(x: tf.Tensor2D, labels: Int32Array): void {
    const n = labels.length;
    if (n === 0 || x.shape.join() !== [n, this.features].join()) {
      throw new TypeError(
        `Cannot fine-tune the DBN: expected examples [n > 0, ${this.features}] and n labels, received [${x.shape}] and ${n} labels`,
      );
    }
    const wrong = labels.find((label) => !(label >= 0 && label < this.classes));
    if (wrong === undefined) return;
    throw new RangeError(
      `Cannot fine-tune the DBN: expected labels in [0, ${this.classes}), received ${wrong}`,
    );
  }
}
