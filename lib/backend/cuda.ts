/**
 * What computes on a graphics card in place of our own operations, which are for processors:
 * TensorFlow's fused ones. {@linkcode usesCuda} says where; nothing here runs elsewhere but tests. @module
 */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend, runNative } from "./native_ops.ts";

/** Whether TensorFlow computes on a CUDA device. */
export const usesCuda = (): boolean => nativeBackend()?.isUsingGpuDevice === true;

/** See `statelessUniform()`. */
export function cudaUniform(shape: number[], seed: number, counter: number): tf.Tensor {
  return tf.tidy(() => {
    const inputs = [tf.tensor1d(shape, "int32"), tf.tensor1d([seed, counter], "int32")];
    const attributes = { dtype: "float32", T: "int32", Tseed: "int32" } as const;
    return runNative("StatelessRandomUniform", attributes, inputs)[0];
  });
}

/** See `statelessMask()`: 1 where a random byte is less than the threshold. */
export function cudaMask(
  shape: number[],
  threshold: number,
  seed: number,
  counter: number,
): tf.Tensor {
  return tf.tidy(() => {
    const size = shape.reduce((size, n) => size * n, 1);
    const length = tf.tensor1d([Math.ceil(size / 4)], "int32");
    const types = { dtype: "int32", T: "int32", Tseed: "int32" } as const;
    const key = tf.tensor1d([seed, counter], "int32");
    const [words] = runNative("StatelessRandomUniformFullInt", types, [length, key]);
    const [bytes] = runNative("Bitcast", { T: "int32", type: "uint8" }, [words]); // [n / 4, 4]
    const [limit] = runNative("Cast", { SrcT: "int32", DstT: "uint8", Truncate: false }, [
      tf.scalar(threshold, "int32"),
    ]);
    const [less] = runNative("Less", { T: "uint8" }, [bytes, limit]);
    return less.cast("float32").flatten().slice(0, size).reshape(shape);
  });
}

/** One pass of batch normalisation, with its gradient; see `normalizeBatch()`. */
export interface NormalizePass {
  y: tf.Tensor;
  mean: tf.Tensor;
  /** The biased one. */
  variance: tf.Tensor;
  /** Tensors that the gradient needs. */
  saved: tf.Tensor[];
  /** Gradients of x, gamma and beta. */
  gradient(dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[];
}

/** Batch normalisation by FusedBatchNormV3, which wants `[batch, 1, time, channels]`. */
export function cudaNormalize(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
): NormalizePass {
  const channels = gamma.size, n = x.size / channels;
  const attributes = {
    ...{ T: "float32", U: "float32", epsilon: { float: epsilon } },
    ...{ data_format: "NHWC", is_training: true },
  } as const;
  const none = tf.tensor1d([]), x4d = x.reshape([1, 1, n, channels]);
  const forward = { ...attributes, exponential_avg_factor: { float: 1 } };
  const inputs = [x4d, gamma, beta, none, none];
  const [y, mean, unbiased, ...reserve] = runNative("FusedBatchNormV3", forward, inputs, 6);
  return {
    y: y.reshape(x.shape),
    mean,
    variance: unbiased.mul(n > 1 ? (n - 1) / n : 1), // TensorFlow returns the unbiased one
    saved: [x4d, gamma, ...reserve],
    gradient(dy, saved) {
      const inputs = [dy.reshape([1, 1, n, channels]), ...saved];
      const [dx, dGamma, dBeta] = runNative("FusedBatchNormGradV3", attributes, inputs, 5);
      return [dx.reshape(x.shape), dGamma, dBeta];
    },
  };
}

/** See `lstmSequence()`: by BlockLSTMV2 and its gradient, which want `[time, batch, features]`. */
export function cudaLstm(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
): tf.Tensor3D {
  const attributes = { T: "float32", use_peephole: false } as const;
  const sequence = tf.customGrad((...args) => {
    const [x, kernel, recurrentKernel, bias] = args as tf.Tensor[];
    const save = args[4] as unknown as (tensors: tf.Tensor[]) => void;
    const [batch, time, features] = x.shape, units = recurrentKernel.shape[0];
    const length = int64(time);
    const zeroState = tf.zeros([batch, units]), noPeephole = tf.zeros([units]);
    const states = [zeroState, zeroState], peepholes = [noPeephole, noPeephole, noPeephole];
    const weights = tf.concat([kernel, recurrentKernel], 0);
    const inputs = [x.transpose([1, 0, 2]), ...states, weights, ...peepholes, bias];
    const forward = { ...attributes, cell_clip: { float: 0 } }; // 0: the cell is not clipped
    const outputs = runNative("BlockLSTMV2", forward, [length, ...inputs], 7);
    save([...inputs, ...outputs]);
    return {
      value: outputs[6].transpose([1, 0, 2]), // of i, cell, f, o, candidate, tanh(cell), hidden
      gradFunc(dy, saved) {
        const dHidden = dy.transpose([1, 0, 2]), dCell = tf.zerosLike(dHidden);
        const inputs = [length, ...saved as tf.Tensor[], dCell, dHidden];
        const gradients = runNative("BlockLSTMGradV2", attributes, inputs, 8);
        const [dKernel, dRecurrent] = tf.split(gradients[3], [features, units], 0);
        return [gradients[0].transpose([1, 0, 2]), dKernel, dRecurrent, gradients[7]];
      },
    };
  });
  return sequence(x, kernel, recurrentKernel, bias) as tf.Tensor3D;
}

const lengths = new Map<number, tf.Tensor>();

/** A length as the int64 scalar that tfjs has no type for; made once for each length and kept. */
function int64(value: number): tf.Tensor {
  let length = lengths.get(value);
  if (!length) {
    const types = { SrcT: "int32", DstT: "int64", Truncate: false } as const;
    const { warn } = console;
    console.warn = () => {}; // tfjs-node warns of each int64 tensor; this one never leaves TensorFlow
    try {
      length = tf.keep(tf.tidy(() => runNative("Cast", types, [tf.scalar(value, "int32")])[0]));
    } finally {
      console.warn = warn;
    }
    lengths.set(value, length);
  }
  return length;
}
