/** Features of fixed size: padded to a number of frames, or averaged over them. @module */
import { type Matrix, row, zeros } from "./matrix.ts";

/**
 * Fills a feature matrix up with frames of zeros. Before the frames is the default, as Keras's
 * `pad_sequences` has it: with zeros after them the last frame is padding nearly always.
 * @param m Features `[t, columns]`.
 * @param frames Frames to have, `>= t`.
 * @param side Where the zeros go.
 * @returns `[frames, columns]`, a copy.
 * @throws {RangeError} If `frames` is no integer `>= t`: frames are never dropped.
 * @example Usage
 * ```ts
 * import { padFrames } from "ser/features/pad.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const m = { data: new Float32Array([1, 2]), rows: 1, columns: 2 };
 * deepStrictEqual(padFrames(m, 2).data, new Float32Array([0, 0, 1, 2]));
 * deepStrictEqual(padFrames(m, 2, "after").data, new Float32Array([1, 2, 0, 0]));
 * ```
 */
export function padFrames(m: Matrix, frames: number, side: "before" | "after" = "before"): Matrix {
  if (!Number.isInteger(frames) || frames < m.rows) {
    throw new RangeError(
      `Cannot pad the features: expected at least their own ${m.rows} frames, received ${frames}`,
    );
  }
  const padded = zeros(frames, m.columns);
  padded.data.set(m.data, side === "before" ? (frames - m.rows) * m.columns : 0);
  return padded;
}

/**
 * The mean of every coefficient over the frames.
 * @param m Features `[t, columns]`, `t >= 1`.
 * @returns `[columns]`.
 * @throws {RangeError} If there is no frame.
 * @example Usage
 * ```ts
 * import { timeAverage } from "ser/features/pad.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const m = { data: new Float32Array([1, 2, 3, 6]), rows: 2, columns: 2 };
 * deepStrictEqual(timeAverage(m), new Float32Array([2, 4]));
 * ```
 */
export function timeAverage(m: Matrix): Float32Array {
  if (m.rows === 0) {
    throw new RangeError("Cannot average the features: expected at least 1 frame, received 0");
  }
  const sums = new Float64Array(m.columns);
  for (let t = 0; t < m.rows; t++) row(m, t).forEach((value, c) => sums[c] += value);
  return Float32Array.from(sums, (sum) => sum / m.rows);
}
