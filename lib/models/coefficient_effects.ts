/** What each coefficient adds to SDNN's answer, which is a sum over the coefficients. @module */
import * as tf from "@tensorflow/tfjs";
import { layerOutput } from "./layer_output.ts";

/** The parts of the sum in front of the softmax. */
export interface CoefficientEffects {
  /** What each coefficient adds for each emotion, `[coefficients][classes]`. */
  effects: number[][];
  /** What is added for each emotion whatever the input is, `[classes]`. */
  bias: number[];
}

/**
 * Takes SDNN's answer for one utterance apart. Both hidden layers treat each coefficient alone, and
 * the last layer adds up: coefficient i enters the softmax's input by `W_i f(c_i)`, with `f` the two
 * hidden layers and `W_i` its 64 rows of the last kernel.
 * @param model From `sdnn`, trained or not.
 * @param means Averaged MFCCs, `[coefficients]`, scaled as in training.
 * @returns The parts; the softmax of their sum is the network's answer.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { coefficientEffects } from "ser/models/coefficient_effects.ts";
 * import { sdnn } from "ser/models/sdnn.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = sdnn({ coefficients: 2, classes: 2, seed: 0 });
 * deepStrictEqual(coefficientEffects(model, [0, 0]).bias, [0, 0]); // untrained
 * model.dispose();
 * ```
 */
export function coefficientEffects(
  model: tf.LayersModel,
  means: ArrayLike<number>,
): CoefficientEffects {
  const hidden = layerOutput(model, "dense_2", Array.from(means, (mean) => [mean]));
  const [kernel, bias] = model.getLayer("emotion").getWeights();
  const rows = kernel.arraySync() as number[][], units = rows.length / hidden.length;
  const effects = hidden.map((values, coefficient) =>
    rows[0].map((_, emotion) =>
      values.reduce((sum, v, unit) => sum + v * rows[coefficient * units + unit][emotion], 0)
    )
  );
  return { effects, bias: bias.arraySync() as number[] };
}
