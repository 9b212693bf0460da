/**
 * Long short-term memory over whole sequences (Hochreiter & Schmidhuber 1997, with the forget gate of
 * Gers, Schmidhuber & Cummins 2000): one fused TensorFlow operation each way on the native back end,
 * the equations step by step elsewhere. @module
 */
import * as tf from "@tensorflow/tfjs";
import { type NativeBackend, nativeBackend, runNative } from "./native_ops.ts";

/**
 * All hidden states of an LSTM that starts from zero states. The columns of the weights belong to the
 * input gate, the forget gate, the candidate and the output gate, `units` each, as in Keras.
 * @param x Sequences, shape `[batch, time, features]`.
 * @param kernel Weights of the input, shape `[features, 4 units]`.
 * @param recurrentKernel Weights of the hidden state before, shape `[units, 4 units]`.
 * @param bias Shape `[4 units]`.
 * @returns Shape `[batch, time, units]`, each value in (-1, 1); differentiable in all four.
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
): tf.Tensor3D {
  const native = nativeBackend();
  return native
    ? fusedSequence(native, x, kernel, recurrentKernel, bias)
    : plainSequence(x, kernel, recurrentKernel, bias);
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

/** The same by BlockLSTMV2 and BlockLSTMGradV2, which want `[time, batch, features]`. */
function fusedSequence(
  native: NativeBackend,
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
): tf.Tensor3D {
  const attributes = { T: "float32", use_peephole: false } as const;
  const run = tf.customGrad((...args) => {
    const [x, kernel, recurrentKernel, bias] = args as tf.Tensor[];
    const save = args[4] as unknown as (tensors: tf.Tensor[]) => void;
    const [batch, time, features] = x.shape, units = recurrentKernel.shape[0];
    const length = int64(native, time);
    const zeroState = tf.zeros([batch, units]), noPeephole = tf.zeros([units]);
    const states = [zeroState, zeroState], peepholes = [noPeephole, noPeephole, noPeephole];
    const weights = tf.concat([kernel, recurrentKernel], 0);
    const inputs = [x.transpose([1, 0, 2]), ...states, weights, ...peepholes, bias];
    const forward = { ...attributes, cell_clip: { float: 0 } }; // 0: the cell is not clipped
    const outputs = runNative(native, "BlockLSTMV2", forward, [length, ...inputs], 7);
    save([...inputs, ...outputs]);
    return {
      value: outputs[6].transpose([1, 0, 2]), // of i, cell, f, o, candidate, tanh(cell), hidden
      gradFunc(dy, saved) {
        const dHidden = dy.transpose([1, 0, 2]), dCell = tf.zerosLike(dHidden);
        const inputs = [length, ...saved as tf.Tensor[], dCell, dHidden];
        const gradients = runNative(native, "BlockLSTMGradV2", attributes, inputs, 8);
        const [dKernel, dRecurrent] = tf.split(gradients[3], [features, units], 0);
        return [gradients[0].transpose([1, 0, 2]), dKernel, dRecurrent, gradients[7]];
      },
    };
  });
  return run(x, kernel, recurrentKernel, bias) as tf.Tensor3D;
}

const lengths = new Map<number, tf.Tensor>();

/** A length as the int64 scalar that tfjs has no type for; made once for each length and kept. */
function int64(native: NativeBackend, value: number): tf.Tensor {
  let length = lengths.get(value);
  if (!length) {
    const types = { SrcT: "int32", DstT: "int64", Truncate: false } as const;
    length = tf.keep(
      tf.tidy(() =>
        silently(() => runNative(native, "Cast", types, [tf.scalar(value, "int32")])[0])
      ),
    );
    lengths.set(value, length);
  }
  return length;
}

/** tfjs-node warns of each int64 tensor; this one never leaves TensorFlow. */
function silently<T>(run: () => T): T {
  const { warn } = console;
  console.warn = () => {};
  try {
    return run();
  } finally {
    console.warn = warn;
  }
}
