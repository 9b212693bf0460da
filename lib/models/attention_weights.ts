/** The attention weights of a network, which its output does not show. @module */
import * as tf from "@tensorflow/tfjs";
import { Attention } from "../layers/attention.ts";

/**
 * Where a model with one {@linkcode Attention} layer looks. In LSTM-ATN, weight t belongs to frame t
 * and what the LSTM remembers of the frames before it; in CNN-ATN to the frames t to t + 24, see
 * `coveredFrames`.
 * @param model For example from `lstmAttention` or `cnnAttention`.
 * @param x Input of the model, shape `[batch, frames, coefficients]`.
 * @returns Attention weights, shape `[batch, positions]`; each row sums to 1. Dispose it.
 * @throws {TypeError} If the model has no attention layer.
 */
export function attentionWeights(model: tf.LayersModel, x: tf.Tensor3D): tf.Tensor2D {
  const read = attentionReader(model);
  return tf.tidy(() => read(x).weights);
}

/** What a network answers and where it looked. */
export interface AttentiveAnswer {
  /** The network's output, shape `[batch, classes]`. */
  output: tf.Tensor2D;
  /** Attention weights, shape `[batch, positions]`; each row sums to 1. */
  weights: tf.Tensor2D;
}

/**
 * The same for many inputs, in one pass with the network's output.
 * @param model As in {@linkcode attentionWeights}.
 * @returns The pass; dispose what it returns.
 * @throws {TypeError} If the model has no attention layer.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { attentionReader } from "ser/models/attention_weights.ts";
 * import { cnnAttention } from "ser/models/cnn_attention.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const read = attentionReader(cnnAttention({ frames: 30, classes: 4, seed: 0 }));
 * const { output, weights } = read(tf.zeros([1, 30, 40]));
 * deepStrictEqual([output.shape, weights.shape], [[1, 4], [1, 6]]);
 * ```
 */
export function attentionReader(model: tf.LayersModel): (x: tf.Tensor3D) => AttentiveAnswer {
  const layer = model.layers.find((layer) => layer instanceof Attention);
  if (!layer) {
    throw new TypeError(
      `Cannot read attention weights: expected a model with an Attention layer, received "${model.name}" without one`,
    );
  }
  const attended = [layer.input].flat();
  const both = tf.model({ inputs: model.inputs, outputs: [...model.outputs, ...attended] });
  return (x) =>
    tf.tidy(() => {
      const [output, frames, mask] = both.predict(x) as tf.Tensor[];
      return {
        output: output as tf.Tensor2D,
        weights: layer.attend(frames as tf.Tensor3D, mask).alpha,
      };
    });
}
