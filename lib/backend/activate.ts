/** Activation and dropout of a training step, in one operation where there are kernels of our own. @module */
import * as tf from "@tensorflow/tfjs";
import { hasKernels } from "./kernels.ts";
import { runNative } from "./native_ops.ts";
import { statelessMask } from "./random.ts";

/** What happens to each value. */
export interface Activation {
  /** Slope of the activation below zero: 0 is ReLU, 1 none. */
  slope: number;
  /** Share of the values that dropout keeps, in (0, 1]; 1 is no dropout. */
  keep: number;
  /** Seed of the dropout, an integer in [0, 2^31), one per layer. */
  seed: number;
  /** Training step, an integer in [0, 2^31). */
  step: number;
}

/**
 * (Leaky) ReLU, then each value divided by `keep`, or 0 with probability `1 - keep`. Equal seeds and
 * steps make equal zeros on one back end, with or without kernels of our own.
 * @param x Any shape.
 * @param activation Slope and dropout.
 * @returns Shape of `x`; differentiable in it.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { activate } from "ser/backend/activate.ts";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const relu = { slope: 0, keep: 1, seed: 0, step: 0 };
 * deepStrictEqual(Array.from(activate(tf.tensor1d([-1, 2]), relu).dataSync()), [0, 2]);
 * ```
 */
export function activate(x: tf.Tensor, activation: Activation): tf.Tensor {
  return hasKernels() ? fused(x, activation) : plain(x, activation);
}

function plain(x: tf.Tensor, { slope, keep, seed, step }: Activation): tf.Tensor {
  return tf.tidy(() => {
    const active = slope === 1 ? x.clone() : slope === 0 ? x.relu() : tf.leakyRelu(x, slope);
    if (keep === 1) return active;
    return active.mul(statelessMask(x.shape, keep, seed, step).mul(1 / keep));
  });
}

function fused(x: tf.Tensor, { slope, keep, seed, step }: Activation): tf.Tensor {
  const attributes = { slope: { float: slope }, keep: { float: keep } };
  const run = tf.customGrad((...args) => {
    const [x] = args as tf.Tensor[];
    const save = args[1] as unknown as (tensors: tf.Tensor[]) => void;
    const drawn = tf.tensor1d([seed, step], "int32");
    save([x, drawn]);
    return {
      value: runNative("SerActivate", attributes, [x, drawn])[0],
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        runNative("SerActivateGrad", attributes, [dy, ...saved])[0],
    };
  });
  return run(x);
}
