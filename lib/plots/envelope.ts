/** Long signals made short for drawing: extremes per bin, and level per hop. @module */
import { round } from "./figure.ts";

/**
 * The smallest and the largest sample of each bin, in the order in which they occur, so that a line
 * through them looks like the whole signal and keeps every peak.
 * @param samples Mono samples, shape `[n]`.
 * @param bins Number of bins, `>= 1`; a signal of at most `2 * bins` samples is returned whole.
 * @returns Two values per bin, `[2 * bins]`, rounded to 4 digits, and the samples from one value to
 *   the next (1 for a whole signal).
 * @example Usage
 * ```ts
 * import { extremes } from "ser/plots/envelope.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const { values, step } = extremes([0, 0.5, -1, 0.2, 0.1, 0, 0.9, 0.3], 2);
 * deepStrictEqual({ values, step }, { values: [0.5, -1, 0, 0.9], step: 2 });
 * ```
 */
export function extremes(
  samples: ArrayLike<number>,
  bins: number,
): { values: (number | null)[]; step: number } {
  const n = samples.length;
  if (n <= 2 * bins) return { values: Array.from(samples, (v) => round(v)), step: 1 };
  const values: (number | null)[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const end = Math.floor((bin + 1) * n / bins);
    let low = Math.floor(bin * n / bins), high = low;
    for (let i = low; i < end; i++) {
      if (samples[i] < samples[low]) low = i;
      if (samples[i] > samples[high]) high = i;
    }
    const inOrder = low < high ? [low, high] : [high, low];
    values.push(...inOrder.map((i) => round(samples[i])));
  }
  return { values, step: n / (2 * bins) };
}

/**
 * Root mean square of each hop. The speech cannot be rebuilt from it: at a hop of 512 samples it
 * has 43 values a second.
 * @param samples Mono samples, shape `[n]`.
 * @param hop Samples per value, `>= 1`; the last value covers what is left.
 * @returns `ceil(n / hop)` values, `>= 0`.
 * @throws {RangeError} If the hop is below 1.
 */
export function rmsEnvelope(samples: ArrayLike<number>, hop: number): number[] {
  if (!(hop >= 1)) {
    throw new RangeError(`Cannot take the envelope: expected a hop >= 1, received ${hop}`);
  }
  return Array.from({ length: Math.ceil(samples.length / hop) }, (_, index) => {
    const start = index * hop, end = Math.min(samples.length, start + hop);
    let sum = 0;
    for (let i = start; i < end; i++) sum += samples[i] ** 2;
    return Math.sqrt(sum / (end - start));
  });
}
