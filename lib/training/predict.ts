/** A network's answers in inference mode: no dropout, batch normalization by its moving statistics. @module */
import * as tf from "@tensorflow/tfjs";
import { chainPass } from "../layers/chain.ts";
import { yieldToEvents } from "../support/yield.ts";

/** Labelled inputs of a network. */
export interface Examples {
  /** Inputs, `[n, ...]`, for example `[n, frames, coefficients]`. */
  x: tf.Tensor;
  /** True classes, `[n]`, each in [0, classes). */
  labels: Int32Array;
}

/** How to predict. */
export interface PredictOptions {
  /** Examples at a time. @default {128} */
  batchSize?: number;
  /** Stops between batches, with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Class probabilities of every example.
 * @param model Ends in a softmax over the classes.
 * @param x Inputs, `[n, ...]`.
 * @param options Batch size and stop signal.
 * @returns Row-major `[n, classes]`; each row sums to 1.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { predictProbabilities } from "ser/training/predict.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = tf.sequential({ layers: [
 *   tf.layers.dense({ units: 2, activation: "softmax", kernelInitializer: "zeros", inputShape: [3] }),
 * ] });
 * deepStrictEqual([...await predictProbabilities(model, tf.ones([1, 3]))], [0.5, 0.5]);
 * ```
 */
export async function predictProbabilities(
  model: tf.LayersModel,
  x: tf.Tensor,
  options: PredictOptions = {},
): Promise<Float32Array> {
  const { batchSize = 128, signal } = options;
  const n = x.shape[0], classes = model.outputShape.at(-1) as number;
  const pass = chainPass(model);
  const probabilities = new Float32Array(n * classes);
  for (let start = 0; start < n; start += batchSize) {
    const size = Math.min(batchSize, n - start);
    const output = tf.tidy(() => pass(rows(x, start, size)));
    probabilities.set(await output.data(), start * classes);
    output.dispose();
    await yieldToEvents();
    signal?.throwIfAborted();
  }
  return probabilities;
}

/** Examples `start .. start + size - 1`. */
const rows = (x: tf.Tensor, start: number, size: number): tf.Tensor =>
  x.slice([start, ...x.shape.slice(1).map(() => 0)], [size, ...x.shape.slice(1)]);
