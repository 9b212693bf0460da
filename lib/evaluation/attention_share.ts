/** How much of the attention falls on padding. @module */

/** How the positions of an attention layer lie over padded input. */
export interface PaddingLayout {
  /** Frames of each utterance before padding, `[n]`. */
  trueFrames: ArrayLike<number>;
  /** Frames after padding. */
  frames: number;
  /** Side of the zeros. */
  padding: "before" | "after";
}

/** Shares in [0, 1], means over the utterances. */
export interface AttentionShare {
  /** Of the positions: those whose receptive field holds nothing but padding. */
  positions: number;
  /** Of the attention: what falls on those positions. */
  attention: number;
  /** Of the attention: what falls on the last position, whose state asks the question. */
  last: number;
}

/**
 * Compares where the attention falls with where it would fall if it were spread evenly.
 * @param weights Attention weights, `[n][positions]`; each row sums to 1. Position t sees the input
 * frames t to t + frames - positions.
 * @throws {RangeError} If there is no utterance or the numbers of utterances differ.
 * @example Usage
 * ```ts
 * import { attentionShare } from "ser/evaluation/attention_share.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * // One utterance: 2 frames after 2 of padding, each position sees 1 frame.
 * const layout = { trueFrames: [2], frames: 4, padding: "before" } as const;
 * const share = attentionShare([[0.1, 0.2, 0.3, 0.4]], layout);
 * deepStrictEqual([share.positions, share.last], [0.5, 0.4]);
 * ```
 */
export function attentionShare(
  weights: readonly ArrayLike<number>[],
  layout: PaddingLayout,
): AttentionShare {
  const n = weights.length;
  if (n === 0 || n !== layout.trueFrames.length) {
    throw new RangeError(
      `Cannot measure the attention: expected weights of ${layout.trueFrames.length} utterances, at least 1, received ${n}`,
    );
  }
  const sum = { positions: 0, attention: 0, last: 0 };
  weights.forEach((row, i) => {
    const positions = row.length, field = layout.frames - positions + 1;
    const empty = Math.max(0, layout.frames - layout.trueFrames[i] - field + 1);
    const first = layout.padding === "before" ? 0 : positions - empty;
    for (let t = first; t < first + empty; t++) sum.attention += row[t];
    sum.positions += empty / positions;
    sum.last += row[positions - 1];
  });
  return { positions: sum.positions / n, attention: sum.attention / n, last: sum.last / n };
}
