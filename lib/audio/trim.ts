/** Where speech begins and ends in a recording, by its level. @module */

/** Length of the frames whose levels are compared, in seconds. */
const FRAME = 0.02;
/** Frames in a row that are louder than the threshold in speech; the click of a button is shorter. */
const LEAST_RUN = 3;
/** Frames of the quietest stretch, whose level is the room's. */
const ROOM_FRAMES = 5;
/** How far below the loudest frame speech goes, and how far above the room's level it is, in dB. */
const BELOW_LOUDEST = 40, ABOVE_ROOM = 6;
/** The threshold is at least so far below the loudest frame, in dB. */
const LEAST_RANGE = 15;

/**
 * Finds the speech: from the first to the last 60 ms that are louder than 40 dB below the loudest frame
 * and than 6 dB above the room's level, which is that of the quietest 100 ms.
 * @param samples Mono samples `[n]`.
 * @param sampleRate In Hz.
 * @returns First sample and the one after the last; all of the recording if nothing stands out.
 * @example Usage
 * ```ts
 * import { findSpeech } from "ser/audio/trim.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const samples = new Float32Array(8000); // one second of silence at 8 kHz ...
 * for (let i = 1600; i < 4800; i++) samples[i] = Math.sin(i); // ... with a tone from 0.2 to 0.6 s
 * deepStrictEqual(findSpeech(samples, 8000), { from: 1600, to: 4800 });
 * ```
 */
export function findSpeech(
  samples: Float32Array,
  sampleRate: number,
): { from: number; to: number } {
  const hop = Math.round(FRAME * sampleRate);
  const levels = frameLevels(samples, hop), loudest = Math.max(...levels);
  const room = Math.min(...stretches(levels, ROOM_FRAMES));
  const threshold = Math.min(
    loudest - LEAST_RANGE,
    Math.max(loudest - BELOW_LOUDEST, room + ABOVE_ROOM),
  );
  const loud = levels.map((level) => level > threshold);
  const starts = loud.flatMap((_, t) => loud.slice(t, t + LEAST_RUN).every(Boolean) ? [t] : [])
    .filter((t) => t + LEAST_RUN <= loud.length);
  if (starts.length === 0) return { from: 0, to: samples.length };
  const end = starts.at(-1)! + LEAST_RUN;
  return { from: starts[0] * hop, to: Math.min(samples.length, end * hop) };
}

/** Mean power of each frame in dB; silence is at -200. */
function frameLevels(samples: Float32Array, hop: number): number[] {
  return Array.from({ length: Math.ceil(samples.length / hop) }, (_, t) => {
    const frame = samples.subarray(t * hop, (t + 1) * hop);
    const power = frame.reduce((sum, value) => sum + value * value, 0) / frame.length;
    return 10 * Math.log10(power + 1e-20);
  });
}

/** The mean of each stretch of so many values. */
function stretches(values: readonly number[], length: number): number[] {
  const last = Math.max(0, values.length - length);
  return Array.from({ length: last + 1 }, (_, i) => {
    const part = values.slice(i, i + length);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}

/**
 * The speech with so much of what is before and after it.
 * @param samples Mono samples `[n]`.
 * @param sampleRate In Hz.
 * @param margin Seconds kept on each side, `>= 0`; less where the recording has less.
 * @returns A view of the samples.
 */
export function trimToSpeech(
  samples: Float32Array,
  sampleRate: number,
  margin: number,
): Float32Array {
  const { from, to } = findSpeech(samples, sampleRate), around = Math.round(margin * sampleRate);
  return samples.subarray(Math.max(0, from - around), Math.min(samples.length, to + around));
}
