/** Where speech begins and ends in a recording, by its level, and how much silence is around it. @module */

/** Seconds before and after the speech. */
export interface Silence {
  /** From the start of the recording to the speech. */
  before: number;
  /** From the end of the speech to the end of the recording. */
  after: number;
}

/** Length of the frames whose levels are compared, in seconds. */
const FRAME = 0.02;
/** Frames in a row that are louder than the threshold in speech; the click of a button is shorter. */
const LEAST_RUN = 3;
/** Frames of a quiet stretch before or after the speech, and of one whose level stays, within so many dB. */
const ROOM_FRAMES = 5, STEADY_FRAMES = 15, STEADY = 3;
/** How far below its loudest 60 ms speech goes, and how far above the room's level it is, in dB. */
const BELOW_LOUDEST = 40, ABOVE_ROOM = 6;
/** What is not so far below the loudest 60 ms is surely speech, in dB; all else may be the room. */
const CLEAR = 20;
/** Frames from the beginning to the end of the shortest word; a slamming door is shorter. */
const LEAST_SPEECH = 10;
/** Of the recording's own sound so much is kept around the speech, in seconds: its soft ends. */
const OWN = 0.05;

/**
 * Finds the speech: from the first to the last 60 ms that are louder than 40 dB below the loudest 60 ms
 * and than 6 dB above the room. The level of the room, one before and one after what is surely speech, is
 * that of its quietest 100 ms, or of its loudest 300 ms that keep within 3 dB, as noise does and speech
 * does not: a recorder may begin with zeros.
 * @param samples Mono samples `[n]`.
 * @param sampleRate In Hz.
 * @returns First sample and the one after the last; undefined if nothing stands out, as in noise, or only
 * what is shorter than a word.
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
): { from: number; to: number } | undefined {
  const hop = Math.round(FRAME * sampleRate), levels = frameLevels(samples, hop);
  const held = stretches(levels, LEAST_RUN, (part) => Math.min(...part));
  const loudest = held.reduce((a, b) => Math.max(a, b), -Infinity);
  const sure = held.map((level) => level > loudest - CLEAR);
  if (sure.every(Boolean)) return undefined; // not even a pause
  const threshold = (room: number) =>
    Math.min(loudest - CLEAR, Math.max(loudest - BELOW_LOUDEST, room + ABOVE_ROOM));
  const before = threshold(roomLevel(levels.slice(0, sure.indexOf(true))));
  const after = threshold(roomLevel(levels.slice(sure.lastIndexOf(true) + LEAST_RUN)));
  const from = held.findIndex((level) => level > before);
  const to = held.findLastIndex((level) => level > after) + LEAST_RUN;
  if (to - from < LEAST_SPEECH) return undefined;
  return { from: from * hop, to: to === levels.length ? samples.length : to * hop };
}

/** Level of each whole frame in dB, without a constant offset; silence is at -200. */
function frameLevels(samples: Float32Array, hop: number): number[] {
  return Array.from({ length: Math.floor(samples.length / hop) }, (_, t) => {
    const frame = samples.subarray(t * hop, (t + 1) * hop), mean = meanOf(frame);
    const power = frame.reduce((sum, value) => sum + (value - mean) ** 2, 0) / hop;
    return 10 * Math.log10(power + 1e-20);
  });
}

/** Level of the room before or after the speech; -Infinity of what is too short to tell. */
function roomLevel(levels: readonly number[]): number {
  const quiet = stretches(levels, ROOM_FRAMES, meanOf);
  const steady = stretches(levels, STEADY_FRAMES, (part) => {
    return Math.max(...part) - Math.min(...part) < STEADY ? meanOf(part) : -Infinity;
  });
  if (quiet.length === 0) return -Infinity;
  return steady.reduce((a, b) => Math.max(a, b), quiet.reduce((a, b) => Math.min(a, b)));
}

/** Something of each stretch of so many values. */
const stretches = (
  values: readonly number[],
  length: number,
  of: (part: readonly number[]) => number,
): number[] =>
  Array.from(
    { length: Math.max(0, values.length - length + 1) },
    (_, i) => of(values.slice(i, i + length)),
  );

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * How much silence there is around the speech.
 * @param samples Mono samples `[n]`.
 * @param sampleRate In Hz.
 * @returns Undefined if {@linkcode findSpeech} finds none.
 */
export function silenceAround(samples: Float32Array, sampleRate: number): Silence | undefined {
  const speech = findSpeech(samples, sampleRate);
  return speech && {
    before: speech.from / sampleRate,
    after: (samples.length - speech.to) / sampleRate,
  };
}

/**
 * What was cut, in words.
 * @param cut As `fitSilence` tells it.
 * @returns One sentence; empty if nothing worth telling (50 ms) was cut or added.
 * @example Usage
 * ```ts
 * import { cutInWords } from "ser/audio/trim.ts";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(
 *   cutInWords({ before: 1, after: -0.254 }),
 *   "Silence: 1.00 s cut off before the speech, 0.25 s added after the speech.",
 * );
 * strictEqual(cutInWords({ before: 0.01, after: -0.02 }), "");
 * ```
 */
export function cutInWords({ before, after }: Silence): string {
  const parts: [number, string][] = [[before, "before"], [after, "after"]];
  const told = parts.filter(([seconds]) => Math.abs(seconds) >= OWN).map(([seconds, where]) =>
    `${Math.abs(seconds).toFixed(2)} s ${seconds > 0 ? "cut off" : "added"} ${where} the speech`
  );
  return told.length === 0 ? "" : `Silence: ${told.join(", ")}.`;
}

/** A recording with another silence around its speech. */
export interface FittedSilence {
  /** Mono samples `[n]`. */
  samples: Float32Array;
  /** Seconds by which the silence became shorter; negative where it became longer. */
  cut: Silence;
}

/**
 * Gives a recording a certain silence before and after its speech, as networks know it: the speech with
 * 50 ms of what is around it, and beyond that zeros. (Zeros, since a room's noise there changed more
 * answers than they did, of networks of RAVDESS by far.)
 * @param sound Mono samples `[n]` and their rate in Hz.
 * @param wanted Seconds of silence.
 * @returns The samples as they are, and nothing cut, if {@linkcode findSpeech} finds no speech.
 * @example Usage
 * ```ts
 * import { fitSilence } from "ser/audio/trim.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const samples = new Float32Array(8000); // a second with a tone from 0.25 to 0.5 s
 * for (let i = 2000; i < 4000; i++) samples[i] = Math.sin(i);
 * const { samples: fitted, cut } = fitSilence({ samples, sampleRate: 8000 }, { before: 0.05, after: 1 });
 * deepStrictEqual(fitted.length / 8000, 0.05 + 0.26 + 1); // found in whole frames of 20 ms
 * deepStrictEqual(cut, { before: 0.19, after: -0.5 });
 * ```
 */
export function fitSilence(
  sound: { samples: Float32Array; sampleRate: number },
  wanted: Silence,
): FittedSilence {
  const { samples, sampleRate } = sound, speech = findSpeech(samples, sampleRate);
  if (!speech) return { samples, cut: { before: 0, after: 0 } };
  const count = (seconds: number) => Math.round(seconds * sampleRate);
  const before = count(wanted.before), after = count(wanted.after), own = count(OWN);
  const from = Math.max(0, speech.from - Math.min(own, before));
  const to = Math.min(samples.length, speech.to + Math.min(own, after));
  const fitted = new Float32Array(before + speech.to - speech.from + after);
  fitted.set(samples.subarray(from, to), before - (speech.from - from));
  return {
    samples: fitted,
    cut: {
      before: (speech.from - before) / sampleRate,
      after: (samples.length - speech.to - after) / sampleRate,
    },
  };
}
