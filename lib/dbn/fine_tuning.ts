/**
 * Back-propagation through the pretrained layers and a softmax, by stochastic gradient descent under
 * dropout, as the package's two classes do it (Hinton & Salakhutdinov 2006, Science 313; dropout: Srivastava
 * et al. 2014, JMLR 15). The gradient is written out, which makes a step some forty operations. @module
 */
import * as tf from "@tensorflow/tfjs";
import { matMul } from "../backend/mat_mul.ts";
import { score } from "../layers/loss.ts";
import { yieldToEvents } from "../support/yield.ts";
import type { Draws } from "./draws.ts";
import { dense, type DenseLayer } from "./network.ts";
import { type DbnVariant, type RBM, smallBias, smallWeights } from "./rbm.ts";
import { splitRows } from "./rows.ts";

/** Weight decay of the NumPy class, divided by the number of training examples; its default. */
const L2 = 1;

/** What the fine-tuning starts from. */
export interface FineTuningOptions {
  /** Share of the values that dropout sets to 0, in [0, 1). */
  dropout: number;
  /** Which class of the package. */
  variant: DbnVariant;
  /** Where random numbers come from. */
  draws: Draws;
}

/** One epoch. */
export interface FineTuningEpochOptions {
  /** Size of the steps. */
  learningRate: number;
  /** Examples per step. */
  batchSize: number;
  /** Stops between two batches, with the signal's reason. */
  signal?: AbortSignal;
  /** Told after each batch, with sums over the epoch so far. */
  onBatch?: (sums: EpochSums) => void | Promise<void>;
}

/** Sums over the batches done in an epoch, under dropout. */
export interface EpochSums {
  /** Batches done. */
  batches: number;
  /** Examples seen. */
  examples: number;
  /** Sum of the losses, in nats. */
  loss: number;
  /** How many were classified correctly. */
  correct: number;
}

interface Batch extends tf.TensorContainerObject {
  /** Inputs after dropout, shape `[batch, features]`. */
  x: tf.Tensor2D;
  /** One-hot classes, shape `[batch, classes]`. */
  truth: tf.Tensor2D;
  /** Dropout masks of the hidden layers, each `[batch, units]`. */
  masks: tf.Tensor2D[];
}

/** The network while it is fine-tuned. */
export class FineTuning {
  #layers: DenseLayer[];
  readonly #numpy: boolean;
  readonly #keep: number;

  /**
   * @param rbms The pretrained machines, first layer first.
   * @param classes Number of classes.
   * @param options Dropout and variant.
   */
  constructor(rbms: readonly RBM[], readonly classes: number, readonly options: FineTuningOptions) {
    this.#numpy = options.variant === "numpy";
    this.#keep = 1 - options.dropout;
    const factor = this.#numpy ? 1 / this.#keep : 1;
    const hidden = rbms.map(({ W, c }) => ({
      W: W.mul<tf.Tensor2D>(factor),
      b: c.mul<tf.Tensor1D>(factor),
    }));
    this.#layers = kept([...hidden, this.#outputLayer(rbms.at(-1)!.hiddenUnits)]);
  }

  /**
   * The network for use without dropout; dispose its tensors. The NumPy class trains larger weights
   * under dropout and shrinks the hidden layers to (1 - dropout) of them; the other enlarges the kept
   * values instead, so its weights are ready as they are.
   */
  network(): DenseLayer[] {
    const factor = this.#numpy ? this.#keep : 1;
    return this.#layers.map(({ W, b }, l) =>
      l === this.#layers.length - 1
        ? { W: W.clone(), b: b.clone() }
        : { W: W.mul<tf.Tensor2D>(factor), b: b.mul<tf.Tensor1D>(factor) }
    );
  }

  /**
   * One pass over the examples in a new order.
   * @param x Inputs, shape `[n, features]`.
   * @param labels Classes, `[n]`, each in [0, classes).
   * @param options Rate, batch size, callbacks.
   * @returns Sums over all examples, under dropout.
   */
  async epoch(
    x: tf.Tensor2D,
    labels: Int32Array,
    options: FineTuningEpochOptions,
  ): Promise<EpochSums> {
    const { learningRate, batchSize, signal, onBatch } = options;
    const n = labels.length;
    const order = this.options.draws.permutation(n);
    const classes = order.map((i) => labels[i]);
    const batches = this.#deal(x, order, classes, batchSize);
    const sums: EpochSums = { batches: 0, examples: 0, loss: 0, correct: 0 };
    const decay = this.#numpy ? 1 - learningRate * L2 / n : 1;
    try {
      for (const batch of batches) {
        const rows = batch.x.shape[0];
        const rate = learningRate / (this.#numpy ? batchSize : rows);
        const probabilities = await this.#step(batch, rate, decay);
        const { examples } = sums;
        const { loss, correct } = score(probabilities, classes.subarray(examples, examples + rows));
        sums.batches++, sums.examples += rows, sums.loss += loss, sums.correct += correct;
        await onBatch?.(sums);
        await yieldToEvents();
        signal?.throwIfAborted();
      }
    } finally {
      tf.dispose(batches);
    }
    return sums;
  }

  /** Frees the weights. */
  dispose(): void {
    tf.dispose(this.#layers.map(({ W, b }) => [W, b]));
  }

  /** Weights are normal (numpy) or as in the hidden layers (tensorflow). */
  #outputLayer(inputs: number): DenseLayer {
    const { classes } = this, { variant, draws } = this.options;
    if (!this.#numpy) {
      return {
        W: smallWeights([classes, inputs], variant, draws),
        b: tf.fill([classes], smallBias(inputs)),
      };
    }
    return tf.tidy(() => ({
      W: draws.normal([classes, inputs]).div<tf.Tensor2D>(Math.sqrt(inputs)),
      b: draws.normal([classes]).div<tf.Tensor1D>(Math.sqrt(inputs)),
    }));
  }

  /** An epoch's batches and dropout masks: drawn at once, since each operation has its price. */
  #deal(x: tf.Tensor2D, order: Int32Array, classes: Int32Array, batchSize: number): Batch[] {
    return tf.tidy(() => {
      const shuffled = x.gather(tf.tensor1d(order, "int32"));
      const truth = tf.oneHot(tf.tensor1d(classes, "int32"), this.classes).cast("float32");
      const [ofInput, ...ofHidden] = this.#layers.map(({ W }) =>
        this.#mask([order.length, W.shape[1]])
      );
      const [inputs, truths, ...masks] = [shuffled.mul(ofInput), truth, ...ofHidden]
        .map((rows) => splitRows(rows as tf.Tensor2D, batchSize));
      return inputs.map((x, i) => ({ x, truth: truths[i], masks: masks.map((all) => all[i]) }));
    });
  }

  /** What dropout multiplies by: 0 or 1 (numpy), 0 or 1 / (1 - dropout) (tensorflow). */
  #mask(shape: [number, number]): tf.Tensor {
    const mask = this.options.draws.uniform(shape).less(this.#keep).cast("float32");
    return this.#numpy ? mask : mask.div(this.#keep);
  }

  /**
   * One step of gradient descent.
   * @param batch Examples and masks.
   * @param rate Learning rate over the size of the batch.
   * @param decay What weights, not biases, are multiplied by.
   * @returns The probabilities before the step, row-major `[batch * classes]`.
   */
  async #step(batch: Batch, rate: number, decay: number): Promise<Float32Array> {
    const layers = this.#layers, slope = this.#numpy ? 1 : 1 / this.#keep;
    const { probabilities, next } = tf.tidy(() => {
      const inputs = [batch.x]; // of each layer
      batch.masks.forEach((mask, l) => inputs.push(dense(layers[l], inputs[l], "relu").mul(mask)));
      const probabilities = dense(layers.at(-1)!, inputs.at(-1)!).softmax();
      let delta = probabilities.sub(batch.truth).mul<tf.Tensor2D>(rate);
      const next: { W: tf.Tensor2D; b: tf.Tensor1D }[] = [];
      for (let l = layers.length - 1; l >= 0; l--) {
        const { W, b } = layers[l];
        const gradient = matMul(delta, inputs[l], { transposeA: true });
        next[l] = { W: W.mul(decay).sub(gradient), b: b.sub(delta.sum(0)) };
        // sign() is 1 where a unit was active and kept, else 0
        if (l > 0) delta = matMul(delta, W).mul(inputs[l].sign()).mul(slope);
      }
      return { probabilities, next };
    });
    this.dispose();
    this.#layers = kept(next);
    const values = await probabilities.data() as Float32Array;
    probabilities.dispose();
    return values;
  }
}

function kept(layers: DenseLayer[]): DenseLayer[] {
  return layers.map(({ W, b }) => ({ W: tf.keep(W), b: tf.keep(b) }));
}
