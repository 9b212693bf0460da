/** The two LSTM layers that the paper's recurrent models share (sections 3.3 and 3.4). @module */
import type * as tf from "@tensorflow/tfjs";
import { LSTM } from "../layers/lstm.ts";
import { deriveSeed } from "../support/random.ts";

/**
 * An LSTM of 100 units over all frames, then one of 50 over the hidden states of the first.
 * @param x Frames, shape `[batch, frames, coefficients]`.
 * @param options `returnSequences`: whether the second layer, too, gives its state of every frame.
 * @returns Shape `[batch, frames, 50]`, or `[batch, 50]` for the last frame's state alone.
 */
export function recurrentLayers(
  x: tf.SymbolicTensor,
  options: { seed: number; returnSequences: boolean },
): tf.SymbolicTensor {
  const { seed, returnSequences } = options;
  const layers = [
    new LSTM({
      name: "lstm_1",
      units: 100,
      returnSequences: true,
      seed: deriveSeed(seed, "lstm", 1),
    }),
    new LSTM({ name: "lstm_2", units: 50, returnSequences, seed: deriveSeed(seed, "lstm", 2) }),
  ];
  for (const layer of layers) x = layer.apply(x) as tf.SymbolicTensor;
  return x;
}
