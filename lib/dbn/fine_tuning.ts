/**
 * Back-propagation through the pretrained layers and a softmax, by stochastic gradient descent under
 * dropout, as the package's two classes do it (Hinton & Salakhutdinov 2006, Science 313; dropout: Srivastava
 * et al. 2014, JMLR 15). The gradient is written out. @module
 */
import * as tf from "@tensorflow/tfjs";
import { hasKernels } from "../backend/kernels.ts";
import { runNative } from "../backend/native_ops.ts";
import { type Score, score } from "../layers/loss.ts";
import { yieldToEvents } from "../support/yield.ts";
import type { DbnOptions } from "./dbn.ts";
import { dense, type DenseLayer, forward, scaleHidden, weights } from "./network.ts";
import { smallBias, smallWeights } from "./initial_weights.ts";
import type { RBM } from "./rbm.ts";
import type { EpochOptions } from "./rbm_options.ts";
import { splitRows, takeValues } from "./rows.ts";

/** Weight decay of the NumPy class, divided by the number of training examples; its default. */
const L2 = 1;

type FineTuningOptions = Required<Omit<DbnOptions, "hidden">>;

/** The order of an epoch's examples, and for the inputs of each layer uniform numbers `[inputs, n]` in it. */
type EpochDraws = { order: Int32Array; uniforms: tf.Tensor2D[] };

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
  /** What a kept value is multiplied by, and its gradient. */
  readonly #slope: number;
  /** What the hidden layers are multiplied by for use without dropout. */
  readonly #factor: number;

  /** The pretrained machines come first layer first. */
  constructor(rbms: readonly RBM[], readonly classes: number, readonly options: FineTuningOptions) {
    this.#numpy = options.variant === "numpy";
    this.#keep = 1 - options.dropout;
    this.#slope = this.#numpy ? 1 : 1 / this.#keep;
    this.#factor = this.#numpy ? this.#keep : 1;
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
    return scaleHidden(this.#layers, this.#factor);
  }

  /** What that network answers to inputs `[n, features]`: probabilities `[n, classes]`. */
  predict(x: tf.Tensor2D): tf.Tensor2D {
    return forward(this.#layers, x, this.#factor);
  }

  /**
   * One pass over the examples in a new order: one operation where the project's own kernels are
   * there, else some forty a step.
   * @param x Inputs, shape `[n, features]`.
   * @param labels Classes, `[n]`, each in [0, classes).
   * @returns The score of all examples, each before the step that it took part in, under dropout.
   */
  async epoch(x: tf.Tensor2D, labels: Int32Array, options: EpochOptions): Promise<Score> {
    const drawn = this.#draw(labels.length);
    try {
      const probabilities = hasKernels()
        ? await this.#wholeEpoch(x, labels, drawn, options)
        : await this.#epochInSteps(x, labels, drawn, options);
      return score(probabilities, drawn.order.map((i) => labels[i]));
    } finally {
      tf.dispose(drawn.uniforms);
    }
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

  /** A row of uniform numbers is one unit's, so that a vector register takes a batch's at once. */
  #draw(n: number): EpochDraws {
    const { draws } = this.options;
    const order = draws.permutation(n);
    const uniforms = this.#layers.map(({ W }) => draws.uniform([W.shape[1], n]) as tf.Tensor2D);
    return { order, uniforms };
  }

  /** The epoch as one operation: `lib/backend/kernels/fine_tuning.cc`. */
  async #wholeEpoch(
    x: tf.Tensor2D,
    labels: Int32Array,
    { order, uniforms }: EpochDraws,
    { learningRate, batchSize }: EpochOptions,
  ): Promise<Float32Array> {
    const layers = this.#layers, count = layers.length;
    const [probabilities, ...next] = tf.tidy(() =>
      runNative("SerFineTuningEpoch", {
        N: { int: count },
        batch_size: { int: batchSize },
        keep: { float: this.#keep },
        kept: { float: this.#slope },
        rate: { float: learningRate },
        full: { int: Number(this.#numpy) },
        decay: { float: this.#decay(learningRate, labels.length) },
      }, [
        ...[x, tf.tensor1d(labels, "int32"), tf.tensor1d(order, "int32"), ...uniforms],
        ...weights(layers),
      ], 1 + 2 * count)
    );
    this.#replace(layers.map((_, l) => ({
      W: next[l] as tf.Tensor2D,
      b: next[count + l] as tf.Tensor1D,
    })));
    return await takeValues(probabilities);
  }

  /** The same step by step. */
  async #epochInSteps(
    x: tf.Tensor2D,
    labels: Int32Array,
    drawn: EpochDraws,
    { learningRate, batchSize }: EpochOptions,
  ): Promise<Float32Array> {
    const n = labels.length, decay = this.#decay(learningRate, n);
    const probabilities = new Float32Array(n * this.classes);
    const batches = this.#deal(x, labels, drawn, batchSize);
    try {
      for (const [i, batch] of batches.entries()) {
        const rate = learningRate / (this.#numpy ? batchSize : batch.x.shape[0]);
        probabilities.set(await this.#step(batch, rate, decay), i * batchSize * this.classes);
        await yieldToEvents();
      }
    } finally {
      tf.dispose(batches);
    }
    return probabilities;
  }

  /** An epoch's batches and dropout masks, made at once, since each operation has its price. */
  #deal(
    x: tf.Tensor2D,
    labels: Int32Array,
    { order, uniforms }: EpochDraws,
    batchSize: number,
  ): Batch[] {
    return tf.tidy(() => {
      const places = tf.tensor1d(order, "int32");
      const classes = tf.tensor1d(labels, "int32").gather(places);
      const truth = tf.oneHot(classes, this.classes).cast("float32");
      const [ofInput, ...ofHidden] = uniforms.map((uniform) => this.#mask(uniform));
      const [inputs, truths, ...masks] = [x.gather(places).mul(ofInput), truth, ...ofHidden]
        .map((rows) => splitRows(rows as tf.Tensor2D, batchSize));
      return inputs.map((x, i) => ({ x, truth: truths[i], masks: masks.map((all) => all[i]) }));
    });
  }

  /** What dropout multiplies by, `[n, inputs]`: 0 or 1 (numpy), 0 or 1 / (1 - dropout) (tensorflow). */
  #mask(uniform: tf.Tensor2D): tf.Tensor {
    return uniform.less(this.#keep).cast("float32").mul(this.#slope).transpose();
  }

  /** What a step multiplies weights, not biases, by. */
  #decay(learningRate: number, n: number): number {
    return this.#numpy ? 1 - learningRate * L2 / n : 1;
  }

  /**
   * One step of gradient descent at the learning rate over the size of the batch; gives the probabilities
   * before it, row-major `[batch * classes]`.
   */
  async #step(batch: Batch, rate: number, decay: number): Promise<Float32Array> {
    const layers = this.#layers, slope = this.#slope;
    const { probabilities, next } = tf.tidy(() => {
      const inputs = [batch.x]; // of each layer
      batch.masks.forEach((mask, l) => inputs.push(dense(layers[l], inputs[l], "relu").mul(mask)));
      const probabilities = dense(layers.at(-1)!, inputs.at(-1)!).softmax();
      let delta = probabilities.sub(batch.truth).mul<tf.Tensor2D>(rate);
      const next: { W: tf.Tensor2D; b: tf.Tensor1D }[] = [];
      for (let l = layers.length - 1; l >= 0; l--) {
        const { W, b } = layers[l];
        const gradient = tf.matMul(delta, inputs[l], true);
        next[l] = { W: W.mul(decay).sub(gradient), b: b.sub(delta.sum(0)) };
        // sign() is 1 where a unit was active and kept, else 0
        if (l > 0) delta = tf.matMul(delta, W).mul(inputs[l].sign()).mul(slope);
      }
      return { probabilities, next };
    });
    this.#replace(next);
    return await takeValues(probabilities);
  }

  #replace(layers: DenseLayer[]): void {
    this.dispose();
    this.#layers = kept(layers);
  }
}

function kept(layers: DenseLayer[]): DenseLayer[] {
  return layers.map(({ W, b }) => ({ W: tf.keep(W), b: tf.keep(b) }));
}
