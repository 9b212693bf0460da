/**
 * Batch normalisation while training (Ioffe & Szegedy, 2015), with the gradient in closed form: one
 * fused TensorFlow operation each way on the native back end, a few tfjs operations elsewhere. @module
 */
import * as tf from "@tensorflow/tfjs";
import { type NativeBackend, nativeBackend, runNative } from "./native_ops.ts";

/** Receives mean and biased variance of the batch, shape `[channels]`; do not keep them. */
export type OnStatistics = (mean: tf.Tensor1D, variance: tf.Tensor1D) => void;

interface Pass {
  y: tf.Tensor;
  mean: tf.Tensor;
  variance: tf.Tensor;
  /** Tensors that the gradient needs. */
  saved: tf.Tensor[];
  gradient(dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[];
}

/**
 * Normalises each channel over all other axes: `gamma * (x - mean) / sqrt(variance + epsilon) + beta`.
 * @param x Values, shape `[..., channels]`.
 * @param gamma Scale, shape `[channels]`.
 * @param beta Offset, shape `[channels]`.
 * @param epsilon Added to the variance, `> 0`.
 * @param onStatistics Called once with the batch's mean and variance.
 * @returns Shape of `x`; differentiable in x, gamma and beta.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { normalizeBatch } from "ser/backend/batch_norm.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const x = tf.tensor2d([[1], [3]]);
 * const y = normalizeBatch(x, tf.tensor1d([1]), tf.tensor1d([0]), 1e-7, (mean, variance) => {
 *   deepStrictEqual([mean.arraySync(), variance.arraySync()], [[2], [1]]);
 * });
 * deepStrictEqual(y.round().arraySync(), [[-1], [1]]);
 * ```
 */
export function normalizeBatch(
  x: tf.Tensor,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  onStatistics: OnStatistics,
): tf.Tensor {
  const native = nativeBackend();
  const normalize = tf.customGrad((...args) => {
    const [x, gamma, beta] = args as tf.Tensor[];
    const save = args[3] as unknown as (tensors: tf.Tensor[]) => void;
    const pass = native
      ? fusedPass(native, x, gamma, beta, epsilon)
      : plainPass(x, gamma, beta, epsilon);
    onStatistics(pass.mean as tf.Tensor1D, pass.variance as tf.Tensor1D);
    save(pass.saved);
    return { value: pass.y, gradFunc: pass.gradient };
  });
  return normalize(x, gamma, beta);
}

/** The formula and its derivative, written out; n values per channel. */
function plainPass(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): Pass {
  const axes = x.shape.slice(0, -1).map((_, i) => i);
  const n = x.size / gamma.size;
  const mean = x.mean(axes);
  const centered = x.sub(mean);
  const variance = centered.square().mean(axes);
  const inverse = variance.add(epsilon).rsqrt();
  const xHat = centered.mul(inverse);
  return {
    y: xHat.mul(gamma).add(beta),
    mean,
    variance,
    saved: [xHat, inverse, gamma],
    gradient(dy, [xHat, inverse, gamma]) {
      const dBeta = dy.sum(axes);
      const dGamma = dy.mul(xHat).sum(axes);
      const dx = dy.sub(dBeta.div(n)).sub(xHat.mul(dGamma.div(n))).mul(inverse.mul(gamma));
      return [dx, dGamma, dBeta];
    },
  };
}

/** The same by FusedBatchNormV3 and FusedBatchNormGradV3, which want `[batch, 1, time, channels]`. */
function fusedPass(
  native: NativeBackend,
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
): Pass {
  const channels = gamma.size;
  const shape4d = [1, 1, x.size / channels, channels];
  const attributes = {
    T: "float32",
    U: "float32",
    epsilon: { float: epsilon },
    data_format: "NHWC",
    is_training: true,
  } as const;
  const none = tf.tensor1d([]);
  const x4d = x.reshape(shape4d);
  const inputs = [x4d, gamma, beta, none, none];
  const [y, mean, unbiased, ...reserve] = runNative(
    native,
    "FusedBatchNormV3",
    { ...attributes, exponential_avg_factor: { float: 1 } },
    inputs,
    6,
  );
  const n = x.size / channels;
  return {
    y: y.reshape(x.shape),
    mean,
    variance: unbiased.mul(n > 1 ? (n - 1) / n : 1), // TensorFlow returns the unbiased one
    saved: [x4d, gamma, ...reserve],
    gradient(dy, [x4d, gamma, ...reserve]) {
      const inputs = [dy.reshape(shape4d), x4d, gamma, ...reserve];
      const [dx, dGamma, dBeta] = runNative(native, "FusedBatchNormGradV3", attributes, inputs, 5);
      return [dx.reshape(x.shape), dGamma, dBeta];
    },
  };
}
