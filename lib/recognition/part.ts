/** Which part of a recording the networks read, and how it becomes their input. @module */
import type { Matrix } from "../features/matrix.ts";
import { padFrames } from "../features/pad.ts";
import type { FeatureSettings } from "./model_file.ts";

/** The frames that are read. */
export interface Part {
  /** First frame. */
  first: number;
  /** How many. */
  frames: number;
}

/**
 * All frames if they fit, else the loudest stretch that does: the one with the largest sum of c0, which
 * is the level of the mel bands. Of equal ones the first.
 * @param mfcc Shape `[frames, coefficients]`.
 * @param most The most frames that fit, `>= 1`.
 */
export function loudestPart({ data, rows, columns }: Matrix, most: number): Part {
  if (rows <= most) return { first: 0, frames: rows };
  let sum = 0, best = { first: 0, sum: -Infinity };
  for (let t = 0; t < rows; t++) {
    sum += data[t * columns];
    if (t >= most) sum -= data[(t - most) * columns];
    const first = t - most + 1;
    if (first >= 0 && sum > best.sum) best = { first, sum };
  }
  return { first: best.first, frames: most };
}

/** The rows of a part, as a view. */
export const rowsOfPart = ({ data, columns }: Matrix, { first, frames }: Part): Matrix => ({
  data: data.subarray(first * columns, (first + frames) * columns),
  rows: frames,
  columns,
});

/** Where the network looked, on the recording's own time. */
export interface PlacedAttention {
  /** Weight of each position that sees some of the recording, in [0, 1]; their sum is 1 less `onPadding`. */
  weights: Float32Array;
  /** Middle of what each of those positions sees, in seconds from the start of the recording. */
  times: Float32Array;
  /** How much a position sees, in seconds. */
  width: number;
  /**
   * Weight of each MFCC frame of the whole recording: what a position has, in equal shares for the frames
   * that it sees, padding included. The sum is at most 1 less `onPadding`.
   */
  frameWeights: Float32Array;
  /** Share of the attention on positions that see nothing but padding, in [0, 1]. */
  onPadding: number;
}

/** How a part lies in the network's input. */
export interface Placement extends Pick<FeatureSettings, "frames" | "padding"> {
  /** The part that was read. */
  part: Part;
  /** Frames of the whole recording. */
  rows: number;
  /** From one frame to the next, in seconds. */
  secondsPerFrame: number;
}

/**
 * Places attention weights on the recording.
 * @param alpha One weight for each position, `[positions]`, sum 1; position p sees the input frames p to
 * p + frames - positions.
 * @param placement How the part lies in the input.
 */
export function placeAttention(alpha: ArrayLike<number>, placement: Placement): PlacedAttention {
  const { part, rows, frames, padding, secondsPerFrame } = placement;
  const field = frames - alpha.length + 1;
  const zerosBefore = padding === "before" ? frames - part.frames : 0;
  const frameWeights = new Float32Array(rows);
  const weights: number[] = [], times: number[] = [];
  let onPadding = 0;
  for (let p = 0; p < alpha.length; p++) {
    const start = p - zerosBefore; // within the part
    const from = Math.max(0, start), to = Math.min(part.frames, start + field);
    if (from >= to) {
      onPadding += alpha[p];
      continue;
    }
    weights.push(alpha[p]);
    times.push((part.first + start + (field - 1) / 2) * secondsPerFrame);
    for (let t = from; t < to; t++) frameWeights[part.first + t] += alpha[p] / field;
  }
  return {
    weights: Float32Array.from(weights),
    times: Float32Array.from(times),
    width: field * secondsPerFrame,
    frameWeights,
    onPadding,
  };
}

/** A network's input of frames. */
export const paddedPart = (
  mfcc: Matrix,
  { part, frames, padding }: Pick<Placement, "part" | "frames" | "padding">,
): Float32Array => padFrames(rowsOfPart(mfcc, part), frames, padding).data;
