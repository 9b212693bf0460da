/**
 * Batch normalisation, activation and dropout of a training step as one operation of our own: a
 * third of the memory and of the time of the three. @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Activation } from "./activate.ts";
import type { OnStatistics } from "./batch_norm.ts";
import { nativeBackend, runNative } from "./native_ops.ts";

/**
 * `activate(normalizeBatch(x))`; only where `hasKernels()`.
 * @param x Values, shape `[..., channels]`.
 * @param gamma Scale, shape `[channels]`.
 * @param beta Offset, shape `[channels]`.
 * @param epsilon Added to the variance, `> 0`.
 * @param then Activation and dropout.
 * @param onStatistics Called once with the batch's mean and biased variance.
 * @returns Shape of `x`; differentiable in x, gamma and beta.
 */
export function normalizeThen(
  x: tf.Tensor,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  then: Activation,
  onStatistics: OnStatistics,
): tf.Tensor {
  const native = nativeBackend()!;
  const attributes = {
    epsilon: { float: epsilon },
    slope: { float: then.slope },
    keep: { float: then.keep },
  };
  const normalize = tf.customGrad((...args) => {
    const inputs = args.slice(0, 3) as tf.Tensor[];
    const save = args[3] as unknown as (tensors: tf.Tensor[]) => void;
    const seed = tf.tensor1d([then.seed, then.step], "int32");
    const [y, mean, variance, inverse] = runNative(
      native,
      "SerNormalize",
      attributes,
      [...inputs, seed],
      4,
    );
    onStatistics(mean as tf.Tensor1D, variance as tf.Tensor1D);
    save([...inputs, seed, mean, inverse]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        runNative(native, "SerNormalizeGrad", attributes, [dy, ...saved], 3),
    };
  });
  return normalize(x, gamma, beta);
}
