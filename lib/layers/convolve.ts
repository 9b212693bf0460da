/** One convolution filter over the frames of one utterance, as the CNNs' layers compute it. @module */
import * as tf from "@tensorflow/tfjs";

/** What happens at both ends. */
export interface ConvolveOptions {
  /** `"valid"`: the filter stays inside; `"same"`: zeros around the frames keep their number. @default {"valid"} */
  padding?: "valid" | "same";
}

/**
 * Moves a filter over the frames, one frame at a time, and takes the sum of products at each place
 * (a cross-correlation, as all of deep learning calls convolution).
 * @param frames Shape `[time][channels]`.
 * @param filter Shape `[kernelSize][channels]`.
 * @param options What happens at both ends.
 * @returns `time - kernelSize + 1` sums, or `time` with padding `"same"`.
 * @throws {RangeError} If a filter that stays inside is longer than the frames.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { convolve } from "ser/layers/convolve.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * deepStrictEqual(convolve([[1], [2], [4]], [[-1], [1]]), [1, 2]); // the steps from frame to frame
 * ```
 */
export function convolve(
  frames: readonly (readonly number[])[],
  filter: readonly (readonly number[])[],
  options: ConvolveOptions = {},
): number[] {
  const { padding = "valid" } = options;
  if (padding === "valid" && filter.length > frames.length) {
    throw new RangeError(
      `Cannot convolve: expected at least ${filter.length} frames, received ${frames.length}`,
    );
  }
  return tf.tidy(() => {
    const x = tf.tensor2d(frames as number[][]).expandDims(0) as tf.Tensor3D;
    const kernel = tf.tensor2d(filter as number[][]).expandDims(2) as tf.Tensor3D;
    return Array.from(tf.conv1d(x, kernel, 1, padding).dataSync());
  });
}
