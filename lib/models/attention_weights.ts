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
  const layer = model.layers.find((layer) => layer instanceof Attention);
  if (!layer) {
    throw new TypeError(
      `Cannot read attention weights: expected a model with an Attention layer, received "${model.name}" without one`,
    );
  }
  const before = tf.model({ inputs: model.inputs, outputs: layer.input });
  return tf.tidy(() => {
    const [frames, mask] = [before.predict(x)].flat() as tf.Tensor[];
    return layer.attend(frames as tf.Tensor3D, mask).alpha;
  });
}
