/** The shortest form of a network's weights that does not change its answers. @module */
import type * as tf from "@tensorflow/tfjs";
import { largestDifference } from "../features/librosa_example.ts";
import { restoreWeights, type StoredWeights, storeWeights } from "./weights.ts";

/** The largest difference of a probability that 16 bits may make. */
export const TOLERANCE = 1e-3;

/**
 * Stores weights in 16 bits, but for the first tensors: as many stay float32 as it takes for no
 * probability to move by more than {@linkcode TOLERANCE}. The first ones matter most: MFCCs are
 * hundreds large, and every layer above and every step of an LSTM carries an error on.
 * @param model The network; it gets the weights as they are stored.
 * @param probabilities Asks the network, always about the same utterances.
 */
export async function smallestWeights(
  model: tf.LayersModel,
  probabilities: () => Promise<ArrayLike<number>>,
): Promise<StoredWeights> {
  const exact = await probabilities(), tensors = model.weights.length;
  const whole = await storeWeights(model, tensors);
  for (let first = 0; first < tensors; first++) {
    restoreWeights(model, whole);
    const stored = await storeWeights(model, first);
    restoreWeights(model, stored);
    if (largestDifference(await probabilities(), exact) <= TOLERANCE) return stored;
  }
  restoreWeights(model, whole);
  return whole;
}
