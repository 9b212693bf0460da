/** The two LSTM layers that the paper's recurrent models share (sections 3.3 and 3.4). @module */
import type * as tf from "@tensorflow/tfjs";
import { LSTM } from "../layers/lstm.ts";
import { deriveSeed } from "../support/random.ts";

/**
 * An LSTM of 100 units over all frames, `[batch, frames, coefficients]`, then one of 50 over the hidden
 * states of the first: its states `[batch, frames, 50]`, or the last frame's alone, `[batch, 50]`.
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
