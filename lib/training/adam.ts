/**
 * The Adam optimizer (Kingma & Ba 2015, section 2, the form with the corrections folded into the
 * rate) with Keras 3's formula and defaults. A step is one operation where there are kernels of our own;
 * elsewhere all parameters are updated as one flat vector, so that it takes about twenty operations
 * however many layers a model has. @module
 */
import * as tf from "@tensorflow/tfjs";
import { hasKernels } from "../backend/kernels.ts";
import { runNative } from "../backend/native_ops.ts";

/** Decay of the mean of gradients, that of squared gradients, and what is added to the root. */
const BETA1 = 0.9, BETA2 = 0.999, EPSILON = 1e-7;

/** All that Adam remembers; `parameters` counts every number of every variable. */
export interface AdamState {
  /** Steps taken. */
  step: number;
  /** Running mean of the gradients, `[parameters]`. */
  m: Float32Array;
  /** Running mean of the squared gradients, `[parameters]`. */
  v: Float32Array;
}

/** Adam over a fixed list of variables. */
export class Adam {
  readonly #variables: readonly tf.Variable[];
  readonly #sizes: number[];
  #step = 0;
  #m: tf.Tensor1D;
  #v: tf.Tensor1D;

  /**
   * @param variables What to train; any shapes, float32.
   * @throws {RangeError} If there is no variable.
   */
  constructor(variables: readonly tf.Variable[]) {
    if (variables.length === 0) {
      throw new RangeError("Cannot set up Adam: need at least one variable, received 0");
    }
    this.#variables = variables;
    this.#sizes = variables.map((variable) => variable.size);
    const parameters = this.#sizes.reduce((sum, size) => sum + size, 0);
    this.#m = tf.keep(tf.zeros([parameters]));
    this.#v = tf.keep(tf.zeros([parameters]));
  }

  /** Steps taken so far. */
  get step(): number {
    return this.#step;
  }

  /**
   * One step: `m` and `v` move towards the gradient and its square, every variable against
   * `m / (sqrt(v) + epsilon)`.
   * @param gradients One per variable, in the order and the shapes of the variables; not disposed.
   * @param learningRate The rate before bias correction, >= 0.
   * @throws {TypeError} If the gradients do not fit the variables.
   */
  apply(gradients: readonly tf.Tensor[], learningRate: number): void {
    this.#check(gradients);
    const t = ++this.#step;
    const alpha = learningRate * Math.sqrt(1 - BETA2 ** t) / (1 - BETA1 ** t);
    const [m, v, ...updated] = tf.tidy(() =>
      hasKernels() ? this.#fusedStep(gradients, alpha) : this.#plainStep(gradients, alpha)
    );
    this.#variables.forEach((variable, i) => variable.assign(updated[i]));
    tf.dispose(updated);
    this.#replace(m as tf.Tensor1D, v as tf.Tensor1D);
  }

  /** Gives m, v and the variables after a step. */
  #plainStep(gradients: readonly tf.Tensor[], alpha: number): tf.Tensor[] {
    const gradient = flatten(gradients);
    const m = this.#m.add(gradient.sub(this.#m).mul(1 - BETA1));
    const v = this.#v.add(gradient.square().sub(this.#v).mul(1 - BETA2));
    const update = m.mul(tf.scalar(alpha)).div(v.sqrt().add(EPSILON));
    const updated = tf.split(flatten(this.#variables).sub(update), this.#sizes);
    return [m, v, ...updated.map((flat, i) => flat.reshape(this.#variables[i].shape))];
  }

  /** The same by an operation of our own. */
  #fusedStep(gradients: readonly tf.Tensor[], alpha: number): tf.Tensor[] {
    const n = this.#variables.length;
    const attributes = {
      N: { int: n },
      new_share1: { float: 1 - BETA1 },
      new_share2: { float: 1 - BETA2 },
      epsilon: { float: EPSILON },
    };
    const inputs = [tf.scalar(alpha), this.#m, this.#v, ...this.#variables, ...gradients];
    return runNative("SerAdam", attributes, inputs, 2 + n);
  }

  /** The state as tensors of its own, to read later or to dispose; costs no copy. */
  snapshot(): { step: number; m: tf.Tensor1D; v: tf.Tensor1D } {
    return { step: this.#step, m: tf.keep(this.#m.clone()), v: tf.keep(this.#v.clone()) };
  }

  /**
   * Goes on from a state: every later step is bit for bit what it would have been.
   * @param state As read from a snapshot.
   * @throws {TypeError} If the state belongs to another number of parameters.
   */
  restore(state: AdamState): void {
    const parameters = this.#m.size;
    if (state.m.length !== parameters || state.v.length !== parameters) {
      throw new TypeError(
        `Cannot restore Adam: expected ${parameters} parameters, received ${state.m.length} and ${state.v.length}`,
      );
    }
    this.#step = state.step;
    this.#replace(tf.tensor1d(state.m), tf.tensor1d(state.v));
  }

  /** Frees the optimizer's tensors; the variables stay. */
  dispose(): void {
    tf.dispose([this.#m, this.#v]);
  }

  #replace(m: tf.Tensor1D, v: tf.Tensor1D): void {
    tf.dispose([this.#m, this.#v]);
    this.#m = tf.keep(m);
    this.#v = tf.keep(v);
  }

  #check(gradients: readonly tf.Tensor[]): void {
    const shapes = (tensors: readonly tf.Tensor[]) => tensors.map((t) => `[${t.shape}]`).join(" ");
    const expected = shapes(this.#variables), received = shapes(gradients);
    if (expected !== received) {
      throw new TypeError(
        `Cannot apply gradients: expected shapes ${expected}, received ${received}`,
      );
    }
  }
}

/** All numbers of the tensors in a row, `[parameters]`. */
const flatten = (tensors: readonly tf.Tensor[]): tf.Tensor1D =>
  tf.concat1d(tensors.map((tensor) => tensor.flatten()));
