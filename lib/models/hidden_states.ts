/** What a recurrent network has in mind after each frame: the hidden states of its last LSTM layer. @module */
import * as tf from "@tensorflow/tfjs";
import { lstmSequence } from "../backend/lstm.ts";
import type { Matrix } from "../features/matrix.ts";
import { LSTM } from "../layers/lstm.ts";
import type { LstmWeights } from "../layers/lstm_step.ts";

/**
 * The last LSTM layer's hidden states of all frames, also where the network itself passes on the last
 * one only. LSTM layers have no fixed length: x may have other frames than the network was built for.
 * @param model From `lstm` or `lstmAttention`.
 * @param x MFCCs, shape `[batch, frames, coefficients]`.
 * @returns Shape `[batch, frames, units]`, each value in (-1, 1). Dispose it.
 * @throws {TypeError} If the model has no LSTM layer.
 */
export function hiddenStates(model: tf.LayersModel, x: tf.Tensor3D): tf.Tensor3D {
  const layers = model.layers.filter((layer) => layer instanceof LSTM);
  if (!layers.length) {
    throw new TypeError(
      `Cannot read hidden states: expected a model with an LSTM layer, received "${model.name}" without one`,
    );
  }
  return tf.tidy(() =>
    layers.reduce((states, layer) => {
      const [kernel, recurrentKernel, bias] = layer.getWeights();
      return lstmSequence(
        states,
        kernel as tf.Tensor2D,
        recurrentKernel as tf.Tensor2D,
        bias as tf.Tensor1D,
      );
    }, x)
  );
}

/**
 * The same for one utterance, as plain numbers.
 * @param model From `lstm` or `lstmAttention`.
 * @param frames MFCCs, with padding or without.
 * @returns Shape `[frames][units]`.
 * @throws {TypeError} If the model has no LSTM layer.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { zeros } from "ser/features/matrix.ts";
 * import { utteranceStates } from "ser/models/hidden_states.ts";
 * import { lstm } from "ser/models/lstm.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = lstm({ frames: 228, classes: 8, seed: 0 });
 * const states = utteranceStates(model, zeros(3, 40)); // silence leaves an untrained LSTM at rest
 * deepStrictEqual(states, Array(3).fill(Array(50).fill(0)));
 * model.dispose();
 * ```
 */
export function utteranceStates(model: tf.LayersModel, frames: Matrix): number[][] {
  return tf.tidy(() => {
    const x = tf.tensor3d(frames.data, [1, frames.rows, frames.columns]);
    return hiddenStates(model, x).arraySync()[0];
  });
}

/**
 * The hidden states of a single layer with given weights, by the class that the networks use: to set
 * beside `lstmSteps`, which computes them equation by equation.
 * @param frames Shape `[time][features]`.
 * @returns Shape `[time][units]`, float32.
 */
export function lstmLayerStates(
  frames: readonly (readonly number[])[],
  weights: LstmWeights,
): number[][] {
  const { kernel, recurrentKernel, bias } = weights;
  const layer = new LSTM({ units: recurrentKernel.length, returnSequences: true });
  layer.build([null, frames.length, kernel.length]);
  const states = tf.tidy(() => {
    layer.setWeights([kernel, recurrentKernel, bias].map((w) => tf.tensor(w as number[][])));
    return (layer.apply(tf.tensor3d([frames as number[][]])) as tf.Tensor3D).arraySync()[0];
  });
  for (const weight of layer.weights) weight.dispose();
  return states;
}
