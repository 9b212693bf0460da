/**
 * Long short-term memory over whole sequences (Hochreiter & Schmidhuber 1997, with the forget gate of
 * Gers, Schmidhuber & Cummins 2000): one operation of our own each way where there are kernels, the
 * equations step by step elsewhere. @module
 */
import * as tf from "@tensorflow/tfjs";
import { cudaLstm, usesCuda } from "./cuda.ts";
import { hasKernels } from "./kernels.ts";
import { runNative } from "./native_ops.ts";

/** What of the sequence is wanted. */
export interface SequenceOptions {
  /** The hidden states of all steps instead of the last one's. @default {true} */
  returnSequences?: boolean;
  /**
   * Whether x may be asked for its gradient; where x is data, `false` saves the time: our own operations
   * then give none. @default {true}
   */
  inputGradient?: boolean;
}

/**
 * The hidden states of an LSTM that starts from zero states. The columns of the weights belong to the
 * input gate, the forget gate, the candidate and the output gate, `units` each, as in Keras.
 * @param x Sequences, shape `[batch, time, features]`.
 * @param kernel Weights of the input, shape `[features, 4 units]`.
 * @param recurrentKernel Weights of the hidden state before, shape `[units, 4 units]`.
 * @param bias Shape `[4 units]`.
 * @param options All states or the last, gradient of x.
 * @returns Shape `[batch, time, units]` or `[batch, units]`, each value in (-1, 1); differentiable in all
 * four.
 * @throws {Error} If the shapes do not fit together.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { lstmSequence } from "ser/backend/lstm.ts";
 * import { ok } from "node:assert/strict";
 * await loadBackend();
 * // all weights zero: every gate is 1/2 open and every candidate is the bias's tanh
 * const bias = tf.tensor1d([0, 0, Math.atanh(0.8), 0]);
 * const h = lstmSequence(tf.ones([1, 2, 3]), tf.zeros([3, 4]), tf.zeros([1, 4]), bias);
 * const [first, second] = h.dataSync(); // the cells: 0.8 / 2, then (0.4 + 0.8) / 2
 * ok(Math.abs(first - Math.tanh(0.4) / 2) < 1e-6);
 * ok(Math.abs(second - Math.tanh(0.6) / 2) < 1e-6);
 * ```
 */
export function lstmSequence(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  options?: SequenceOptions & { returnSequences?: true },
): tf.Tensor3D;
/** Of all steps or of the last. */
export function lstmSequence(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  options: SequenceOptions,
): tf.Tensor3D | tf.Tensor2D;
export function lstmSequence(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  options: SequenceOptions = {},
): tf.Tensor {
  const { returnSequences = true, inputGradient = true } = options;
  if (hasKernels()) {
    return ownSequence([kernel, recurrentKernel, bias], x, { returnSequences, inputGradient });
  }
  return tf.tidy(() => {
    const sequence = usesCuda() ? cudaLstm : plainSequence;
    const states = sequence(x, kernel, recurrentKernel, bias);
    if (returnSequences) return states;
    return states.slice([0, x.shape[1] - 1, 0], [-1, 1, -1]).squeeze([1]);
  });
}

/** The equations of {@linkcode lstmSequence}, one by one, on any back end. */
export function plainSequence(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
): tf.Tensor3D {
  return tf.tidy(() => {
    const [batch, time, features] = x.shape, [units, columns] = recurrentKernel.shape;
    // what each step gets from the input does not depend on the step before: one product for all
    const projected = x.reshape([batch * time, features]).matMul(kernel).add(bias)
      .reshape([batch, time, columns]);
    // tfjs cannot differentiate unstack into one part
    const steps = time === 1 ? [projected.squeeze([1])] : tf.unstack(projected, 1);
    let hidden: tf.Tensor = tf.zeros([batch, units]), cell: tf.Tensor = hidden;
    const states = steps.map((step) => {
      const [i, f, c, o] = tf.split(step.add(hidden.matMul(recurrentKernel)), 4, 1);
      const kept = f.sigmoid().mul(cell);
      const added = i.sigmoid().mul(c.tanh());
      cell = kept.add(added);
      hidden = o.sigmoid().mul(cell.tanh());
      return hidden;
    });
    return tf.stack(states, 1) as tf.Tensor3D;
  });
}

/** The same by our own operations, which keep five numbers of each unit and step for the gradient. */
function ownSequence(
  weights: tf.Tensor[],
  x: tf.Tensor,
  { returnSequences, inputGradient }: Required<SequenceOptions>,
): tf.Tensor {
  const attributes = { all_states: { int: Number(returnSequences) } };
  const caches = tf.engine().state.gradientDepth > 0 ? 1 : 0; // nothing to keep if no gradient can come
  const forward = { ...attributes, caches: { int: caches } };
  const backward = { ...attributes, input_gradients: { int: inputGradient ? 1 : 0 } };
  const run = tf.customGrad((...args) => {
    const [kernel, recurrentKernel, bias] = args as tf.Tensor[];
    const save = args.at(-1) as unknown as (tensors: tf.Tensor[]) => void;
    const inputs = [x, kernel, recurrentKernel, bias];
    const [states, ...cache] = runNative("SerLstm", forward, inputs, 1 + caches);
    save([x, kernel, recurrentKernel, ...cache]);
    return {
      value: states,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        runNative("SerLstmGrad", backward, [dy, ...saved], inputGradient ? 4 : 3),
    };
  });
  return inputGradient ? run(...weights, x) : run(...weights);
}
