/**
 * Attention over the frames of one utterance in plain numbers: the equations of section 3.4 one by
 * one, to read and to check the layer against (Luong, Pham & Manning 2015). @module
 */

/** How to compare a frame with the last one. */
export interface AttendOptions {
  /**
   * The score: `"dot"` is `h_s · h_T`, as the paper prints it; `"general"` is `h_s · (W_s h_T)`, as
   * the package behind it computes.
   * @default {"dot"}
   */
  score?: "dot" | "general";
  /** `W_s`, shape `[features][features]`; needed for `"general"`. */
  scoreWeights?: readonly (readonly number[])[];
}

/** What attention makes of the frames. */
export interface Attended {
  /** How well each frame goes with the last one, `[time]`. */
  scores: number[];
  /** The alignment vector: softmax of the scores over time, `[time]`; sums to 1. */
  weights: number[];
  /** The context vector: the weighted mean of the frames, `[features]`. */
  context: number[];
}

/**
 * Weighs the frames of one utterance by their score with the last frame.
 * @param frames `h_1 .. h_T`, shape `[time][features]`.
 * @param options Which score.
 * @returns Scores, weights and context vector.
 * @throws {RangeError} If there is no frame, or `"general"` lacks its weights.
 * @example Usage
 * ```ts
 * import { attendTo } from "ser/layers/attend.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const { weights, context } = attendTo([[1, 0], [1, 0]]);
 * deepStrictEqual(weights, [0.5, 0.5]); // equal frames, equal weights
 * deepStrictEqual(context, [1, 0]);
 * ```
 */
export function attendTo(
  frames: readonly (readonly number[])[],
  options: AttendOptions = {},
): Attended {
  const last = frames.at(-1);
  if (!last) throw new RangeError("Cannot attend: need at least one frame, received none");
  const query = options.score === "general" ? product(general(options), last) : last;
  const scores = product(frames, query);
  const weights = softmax(scores);
  const context = last.map((_, j) => dot(weights, frames.map((frame) => frame[j])));
  return { scores, weights, context };
}

function general({ scoreWeights }: AttendOptions): readonly (readonly number[])[] {
  if (!scoreWeights) {
    throw new RangeError(
      'Cannot attend with score "general": expected scoreWeights, received none',
    );
  }
  return scoreWeights;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i], 0);

const product = (rows: readonly (readonly number[])[], vector: readonly number[]): number[] =>
  rows.map((row) => dot(row, vector));

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
