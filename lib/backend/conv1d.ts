/**
 * Convolution over time with stride 1: by an operation of our own where there is one, elsewhere by
 * TensorFlow.js. @module
 */
import * as tf from "@tensorflow/tfjs";
import { hasKernels } from "./kernels.ts";
import { runNative } from "./native_ops.ts";

/** What happens at both ends of the sequence. */
export type Conv1dPadding = "valid" | "same";

/** Name under which tfjs knows the operation, with a gradient that computes only what is asked. */
const KERNEL = "SerConv1d";

/**
 * `y[t] = bias + sum over s of x[t + s] kernel[s]`.
 * @param x Sequences, shape `[batch, time, in]`.
 * @param kernel Shape `[size, in, out]`.
 * @param bias Shape `[out]`.
 * @param padding `"same"` puts (size - 1) / 2 zeros before (rounded down) and the rest after. @default {"valid"}
 * @returns Shape `[batch, time - size + 1, out]`, or `[batch, time, out]`; differentiable in all three.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { conv1d } from "ser/backend/conv1d.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const x = tf.tensor3d([1, 2, 4], [1, 3, 1]), kernel = tf.tensor3d([-1, 1], [2, 1, 1]);
 * deepStrictEqual(Array.from(conv1d(x, kernel, tf.tensor1d([10])).dataSync()), [11, 12]);
 * ```
 */
export function conv1d(
  x: tf.Tensor3D,
  kernel: tf.Tensor3D,
  bias: tf.Tensor1D,
  padding: Conv1dPadding = "valid",
): tf.Tensor3D {
  if (!hasKernels()) return tf.conv1d(x, kernel, 1, padding).add(bias);
  registerOnce();
  return tf.engine().runKernel(KERNEL, { x, kernel, bias }, { padding }) as tf.Tensor3D;
}

/** Zeros before and after. */
function zerosAround(size: number, padding: unknown): { before: number; after: number } {
  const all = padding === "same" ? size - 1 : 0, before = Math.floor(all / 2);
  return { before, after: all - before };
}

let done = false;

function registerOnce(): void {
  if (done) return;
  done = true;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: "tensorflow",
    kernelFunc({ inputs, attrs }) {
      const { x, kernel, bias } = inputs as Record<string, tf.Tensor>;
      const { before, after } = zerosAround(kernel.shape[0], attrs?.padding);
      const attributes = { pad_before: { int: before }, pad_after: { int: after } };
      return runNative("SerConv1d", attributes, [x, kernel, bias])[0];
    },
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ["x", "kernel"],
    gradFunc(dy, [x, kernel], attrs) {
      const gradient = dy as tf.Tensor, size = kernel.shape[0];
      const { before, after } = zerosAround(size, attrs.padding);
      const around = { pad_before: { int: before }, pad_after: { int: after } };
      const full = { pad_before: { int: size - 1 - before }, pad_after: { int: size - 1 - after } };
      return {
        x: () => {
          const turned = kernel.reverse(0).transpose([0, 2, 1]),
            none = tf.zeros([kernel.shape[1]!]);
          return runNative("SerConv1d", full, [gradient, turned, none])[0];
        },
        kernel: () => runNative("SerConv1dKernelGrad", around, [x, gradient])[0],
        bias: () => gradient.sum([0, 1]), // not BiasAddGrad, whose sums depend on the number of threads
      };
    },
  });
}
