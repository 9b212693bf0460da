/**
 * The restricted Boltzmann machine (Smolensky 1986) trained by contrastive divergence (Hinton 2002,
 * Neural Computation 14(8)), with the ReLU in place of the sigmoid as in the package that the paper
 * used (section 3.1): `h = relu(W v + c)`, `v = relu(W^T h + b)`. @module
 */
import * as tf from "@tensorflow/tfjs";
import { hasKernels } from "../backend/kernels.ts";
import { runNative } from "../backend/native_ops.ts";
import { yieldToEvents } from "../support/yield.ts";
import { type Draws, seededDraws } from "./draws.ts";
import { type DbnVariant, normalRbm, type RbmActivation, smallRbm } from "./initial_weights.ts";
import { dense } from "./network.ts";
import {
  checkFinite,
  type ContrastiveDivergenceOptions,
  type EpochOptions,
} from "./rbm_options.ts";
import type { RbmFitOptions, RbmOptions } from "./rbm_options.ts";
import { fillLastBatch, splitRows, takeValues } from "./rows.ts";
import { checkOptions } from "../support/options.ts";

const FITTING = {
  doing: "fitting the RBM",
  what: "reconstruction error",
  more:
    "ReLU units can only reconstruct values >= 0, and large ones make each step larger than the last: ",
};

/**
 * A machine of visible units `v` and hidden units `h`. Methods return new tensors, which the caller
 * disposes; the weights are replaced by each step, so clone what has to last.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { RBM } from "ser/dbn/rbm.ts";
 * import { ok } from "node:assert/strict";
 * await loadBackend();
 * const patterns = tf.tensor2d([[1, 1, 0, 0], [0, 0, 1, 1]]); // two, to be told apart
 * const rbm = new RBM(4, 6, { activation: "sigmoid" });
 * const before = await rbm.reconstructionError(patterns);
 * await rbm.fit(patterns, { epochs: 300, batchSize: 2, learningRate: 0.5 });
 * ok(await rbm.reconstructionError(patterns) < before / 2);
 * rbm.dispose();
 * ```
 */
export class RBM {
  /** Weights, shape `[hidden units, visible units]`. */
  W: tf.Tensor2D;
  /** Biases of the visible units, shape `[visible units]`. */
  b: tf.Tensor1D;
  /** Biases of the hidden units, shape `[hidden units]`. */
  c: tf.Tensor1D;
  readonly activation: RbmActivation;
  readonly variant: DbnVariant;
  readonly #draws: Draws;

  /**
   * @param visibleUnits Length of an example.
   * @param hiddenUnits How many values shall describe it.
   * @param options Kind of machine.
   * @throws {RangeError} If a number of units is not a whole number >= 1.
   */
  constructor(
    readonly visibleUnits: number,
    readonly hiddenUnits: number,
    options: RbmOptions = {},
  ) {
    checkOptions("make an RBM", options, "activation variant draws");
    if (![visibleUnits, hiddenUnits].every((n) => Number.isInteger(n) && n >= 1)) {
      throw new RangeError(
        `Cannot make an RBM: expected whole numbers of units >= 1, received ${visibleUnits} visible and ${hiddenUnits} hidden`,
      );
    }
    this.activation = options.activation ?? "relu";
    this.variant = options.variant ?? "numpy";
    this.#draws = options.draws ?? seededDraws(0);
    [this.W, this.b, this.c] = kept(
      this.activation === "relu"
        ? smallRbm(visibleUnits, hiddenUnits, this.variant, this.#draws)
        : normalRbm(visibleUnits, hiddenUnits, this.#draws),
    );
  }

  /**
   * Values of the hidden units (of sigmoid units: the probability of 1), `activation(W v + c)`.
   * @param v Shape `[n, visible units]`.
   * @returns Shape `[n, hidden units]`.
   */
  hidden(v: tf.Tensor2D): tf.Tensor2D {
    return dense({ W: this.W, b: this.c }, v, this.activation);
  }

  /**
   * Values of the visible units (of sigmoid units: the probability of 1), `activation(W^T h + b)`.
   * @param h Shape `[n, hidden units]`.
   * @returns Shape `[n, visible units]`.
   */
  visible(h: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => tf.matMul(h, this.W).add<tf.Tensor2D>(this.b)[this.activation]());
  }

  /**
   * Binary hidden units: 1 with the probability that {@linkcode RBM.hidden} gives. A ReLU's value is
   * taken for a probability, too; from 1 on it always fires.
   * @param v Shape `[n, visible units]`.
   * @returns Zeros and ones, shape `[n, hidden units]`.
   */
  sampleHidden(v: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => {
      const h = this.hidden(v);
      return fires(h, this.#draws.uniform(h.shape) as tf.Tensor2D);
    });
  }

  /**
   * One step of CD-k: the correlations of visible and hidden units grow by those in the data and
   * shrink by those in the reconstruction. Only hidden units are sampled; visible units take their
   * mean.
   * @param v0 Examples, shape `[n, visible units]`.
   * @param options Step size and k.
   */
  contrastiveDivergence(v0: tf.Tensor2D, options: ContrastiveDivergenceOptions): void {
    checkOptions("take a step of the RBM", options, "learningRate k batchSize");
    const { learningRate, k = 1, batchSize = v0.shape[0] } = options;
    const uniforms = this.#uniforms(k, [v0.shape[0], this.hiddenUnits]);
    this.#step(v0, uniforms, learningRate / batchSize);
    tf.dispose(uniforms);
  }

  /**
   * How badly `visible(hidden(v))` repeats the examples: squared error, summed over the visible
   * units, averaged over the examples.
   * @param v Shape `[n, visible units]`.
   */
  async reconstructionError(v: tf.Tensor2D): Promise<number> {
    const error = tf.tidy(() => this.visible(this.hidden(v)).sub(v).square().sum(1).mean());
    return (await takeValues(error))[0];
  }

  /**
   * The free energy of examples, `F(v) = -b.v - sum_j log(1 + exp(W_j v + c_j))`: up to one constant
   * the negative logarithm of their probability, with the hidden units summed out. That sum is over
   * hidden units of 0 and 1, so the formula holds for sigmoid units only; with ReLU units the machine
   * is no Boltzmann machine in the strict sense and has no such energy.
   * @param v Shape `[n, visible units]`.
   * @returns Shape `[n]`.
   * @throws {TypeError} If the units are not sigmoid units.
   */
  freeEnergy(v: tf.Tensor2D): tf.Tensor1D {
    if (this.activation !== "sigmoid") {
      throw new TypeError(
        `Cannot compute the free energy: expected binary units, activation "sigmoid", received "${this.activation}"`,
      );
    }
    return tf.tidy(() => {
      const perUnit = dense({ W: this.W, b: this.c }, v).softplus();
      return v.mul(this.b).sum(1).add(perUnit.sum(1)).neg() as tf.Tensor1D;
    });
  }

  /**
   * Trains by contrastive divergence on batches in a new order each epoch. With ReLU units and `k`
   * of 1 an epoch is one operation where the project's own kernels are there.
   * @param data Examples, shape `[n, visible units]`; for ReLU units each feature in [0, 1].
   * @param options Length, rate, callbacks.
   * @returns The reconstruction error after each epoch.
   * @throws {TypeError} If the data have another shape.
   * @throws {RangeError} If the reconstruction error stops being a finite number.
   */
  async fit(data: tf.Tensor2D, options: RbmFitOptions = {}): Promise<number[]> {
    checkOptions("fit the RBM", options, "epochs batchSize learningRate k signal onEpoch");
    const { epochs = 50, batchSize = 32, learningRate = 0.005, k = 1, signal, onEpoch } = options;
    if (data.shape.length !== 2 || data.shape[0] === 0 || data.shape[1] !== this.visibleUnits) {
      throw new TypeError(
        `Cannot fit the RBM: expected data [n > 0, ${this.visibleUnits}], received [${data.shape}]`,
      );
    }
    const errors: number[] = [];
    for (let epoch = 1; epoch <= epochs; epoch++) {
      signal?.throwIfAborted();
      const reconstructionError = await this.#epoch(data, k, { batchSize, learningRate });
      checkFinite(FITTING, reconstructionError, epoch, learningRate);
      errors.push(reconstructionError);
      await onEpoch?.({ epoch, epochs, reconstructionError });
      await yieldToEvents();
    }
    return errors;
  }

  /** Frees the weights. */
  dispose(): void {
    tf.dispose([this.W, this.b, this.c]);
  }

  /** Draws, trains, returns the reconstruction error. */
  async #epoch(data: tf.Tensor2D, k: number, options: EpochOptions): Promise<number> {
    const { batchSize } = options, n = data.shape[0];
    const rows = this.variant === "tensorflow" ? Math.ceil(n / batchSize) * batchSize : n;
    const order = this.#draws.permutation(n);
    // a row of them is one unit's, so that a vector register takes a batch's at once
    const uniforms = this.#uniforms(k, [this.hiddenUnits, rows]);
    try {
      return hasKernels() && this.activation === "relu" && k === 1
        ? await this.#wholeEpoch(data, order, uniforms, options)
        : await this.#epochInSteps(data, order, uniforms, options);
    } finally {
      tf.dispose(uniforms);
    }
  }

  /** The epoch as one operation: `lib/backend/kernels/rbm.cc`. */
  async #wholeEpoch(
    data: tf.Tensor2D,
    order: Int32Array,
    uniforms: tf.Tensor2D[],
    { batchSize, learningRate }: EpochOptions,
  ): Promise<number> {
    const attributes = {
      N: { int: uniforms.length },
      batch_size: { int: batchSize },
      rate: { float: learningRate / batchSize },
    };
    const [W, b, c, error] = tf.tidy(() => {
      const inputs = [data, tf.tensor1d(order, "int32"), ...uniforms, this.W, this.b, this.c];
      return runNative("SerRbmEpoch", attributes, inputs, 4);
    });
    this.#replace([W, b, c]);
    return (await takeValues(error))[0];
  }

  /** The same step by step. */
  async #epochInSteps(
    data: tf.Tensor2D,
    order: Int32Array,
    uniforms: tf.Tensor2D[],
    { batchSize, learningRate }: EpochOptions,
  ): Promise<number> {
    const batches = tf.tidy(() => {
      const shuffled = data.gather<tf.Tensor2D>(tf.tensor1d(order, "int32"));
      const rows = this.variant === "tensorflow" ? fillLastBatch(shuffled, batchSize) : shuffled;
      const all = [rows, ...uniforms.map((uniform) => uniform.transpose<tf.Tensor2D>())]
        .map((matrix) => splitRows(matrix, batchSize));
      return all[0].map((_, i) => all.map((parts) => parts[i]));
    });
    try {
      for (const [v0, ...drawn] of batches) {
        this.#step(v0, drawn, learningRate / batchSize);
        await yieldToEvents();
      }
    } finally {
      tf.dispose(batches);
    }
    return await this.reconstructionError(data);
  }

  /** One step of CD-k; for each sampling of the hidden units there are numbers `[n, hidden units]`. */
  #step(v0: tf.Tensor2D, uniforms: tf.Tensor2D[], rate: number): void {
    const sampled = this.variant === "tensorflow";
    this.#replace(tf.tidy(() => {
      const [first, ...others] = uniforms;
      let v = v0, h = this.hidden(v0), fired = fires(h, first);
      const positive = sampled ? fired : h;
      for (let step = 1; step <= uniforms.length - Number(sampled); step++) {
        v = this.visible(fired);
        h = this.hidden(v);
        const uniform = others.shift();
        if (uniform) fired = fires(h, uniform);
      }
      const negative = sampled ? fired : h;
      return [
        this.W.add(correlations(positive, v0).sub(correlations(negative, v)).mul(rate)),
        this.b.add(v0.sub(v).sum(0).mul(rate)),
        this.c.add(positive.sub(negative).sum(0).mul(rate)),
      ];
    }));
  }

  #replace(weights: tf.Tensor[]): void {
    this.dispose();
    [this.W, this.b, this.c] = kept(weights);
  }

  /** As many as k steps need: one for each sampling of the hidden units. */
  #uniforms(k: number, shape: [number, number]): tf.Tensor2D[] {
    const length = this.variant === "tensorflow" ? k + 1 : k;
    return Array.from({ length }, () => this.#draws.uniform(shape) as tf.Tensor2D);
  }
}

/** 1 with the probability h, else 0. */
const fires = (h: tf.Tensor2D, uniform: tf.Tensor2D): tf.Tensor2D =>
  uniform.less(h).cast("float32");

/** Sums over the rows of the products `h_j v_i`, shape `[hidden units, visible units]`. */
const correlations = (h: tf.Tensor2D, v: tf.Tensor2D): tf.Tensor2D => tf.matMul(h, v, true);

/** The same tensors, safe from the tidy that the caller may be in. */
function kept(tensors: tf.Tensor[]): [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D] {
  return tensors.map((tensor) => tf.keep(tensor)) as [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D];
}
