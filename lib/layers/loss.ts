/**
 * Sparse categorical cross-entropy, the paper's loss (section 3.7), as Keras 3 computes it when it
 * trains: from the logits behind the softmax, so without the clip of probabilities to 1e-7 that its
 * documentation mentions. Here the softmax output comes in; float32 keeps its logarithm exact down
 * to 1e-37. @module
 */
import * as tf from "@tensorflow/tfjs";
import { hasKernels } from "../backend/kernels.ts";

/** Where the logarithm stops, near float32's least normal number: a loss of at most 85 nats. */
const LEAST_PROBABILITY = 1e-37;

/**
 * Mean of `-log p(true class)` over a batch, in nats; differentiable.
 * @param probabilities Softmax output, `[batch, classes]`, rows sum to 1.
 * @param labels True classes, `[batch]`, int32 in [0, classes).
 * @returns A scalar >= 0.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { sparseCategoricalCrossentropy } from "ser/layers/loss.ts";
 * import { ok } from "node:assert/strict";
 * await loadBackend();
 * const p = tf.tensor2d([[0.5, 0.5], [0.25, 0.75]]);
 * const loss = sparseCategoricalCrossentropy(p, tf.tensor1d([0, 0], "int32")).dataSync()[0];
 * ok(Math.abs(loss - (Math.log(2) + Math.log(4)) / 2) < 1e-6);
 * ```
 */
export function sparseCategoricalCrossentropy(
  probabilities: tf.Tensor2D,
  labels: tf.Tensor1D,
): tf.Scalar {
  if (hasKernels()) return crossentropyOfNumbers(probabilities, labels.dataSync());
  return tf.tidy(() => {
    const chosen = tf.oneHot(labels, probabilities.shape[1]).toFloat();
    const ofTrueClass = probabilities.mul(chosen).sum(1);
    return ofTrueClass.maximum(LEAST_PROBABILITY).log().mean().neg() as tf.Scalar;
  });
}

/** The same where reading a few numbers costs less than a dozen operations. */
function crossentropyOfNumbers(
  probabilities: tf.Tensor2D,
  labels: ArrayLike<number>,
): tf.Scalar {
  const loss = tf.customGrad((...args) => {
    const [p] = args as tf.Tensor[], [n, classes] = p.shape;
    const values = p.dataSync();
    const gradient = new Float32Array(n * classes);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const at = i * classes + labels[i], ofTrueClass = values[at];
      sum -= Math.log(Math.max(ofTrueClass, LEAST_PROBABILITY));
      if (!(ofTrueClass < LEAST_PROBABILITY)) gradient[at] = -1 / (n * ofTrueClass);
    }
    return {
      value: tf.scalar(sum / n),
      gradFunc: (dy: tf.Tensor) => tf.tensor2d(gradient, [n, classes]).mul(dy),
    };
  });
  return loss(probabilities) as tf.Scalar;
}

/** Sums over examples, from which means over any number of batches follow. */
export interface Score {
  /** Sum of `-log p(true class)`, in nats. */
  loss: number;
  /** Examples whose most probable class is the true one. */
  correct: number;
}

/**
 * The same loss, summed, and the number of hits, from plain numbers.
 * @param probabilities Row-major `[n, classes]`.
 * @param labels True classes, `[n]`.
 * @returns Sums over the n examples; NaN probabilities give a NaN loss.
 */
export function score(probabilities: Float32Array, labels: ArrayLike<number>): Score {
  const n = labels.length, classes = probabilities.length / n;
  const total = { loss: 0, correct: 0 };
  for (let i = 0; i < n; i++) {
    const start = i * classes; // no subarray: it takes longer than the rest
    total.loss -= Math.log(Math.max(probabilities[start + labels[i]], LEAST_PROBABILITY));
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (probabilities[start + c] > probabilities[start + best]) best = c;
    }
    if (best === labels[i]) total.correct++;
  }
  return total;
}

/**
 * The place of the largest value, the first of several.
 * @param values At least one.
 */
export function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
