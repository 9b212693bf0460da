/** Where speech begins and ends in a recording, by its level, and how much silence is around it. @module */

/** Seconds before and after the speech. */
export interface Silence {
  /** From the start of the recording to the speech. */
  before: number;
  /** From the end of the speech to the end of the recording. */
  after: number;
}

/** Seconds of silence on one side of the speech that are usual in a corpus: quantiles of its utterances. */
export interface UsualSeconds {
  /** The quantile 0.05. */
  least: number;
  /** The median. */
  median: number;
  /** The quantile 0.95. */
  most: number;
}

/** The silence that is usual in a corpus before and after the speech. */
export type UsualSilence = Record<keyof Silence, UsualSeconds>;

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
/** Level of the loudest sample of what counts as silence, in dB of full scale. */
const SILENT = -50;

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
 * Says how loud samples are that count as silence: none is beyond -50 dB of full scale.
 * @param samples Mono samples `[n]` in [-1, 1].
 * @returns The level of the loudest sample in words; undefined if it is louder.
 */
export function silentInWords(samples: Float32Array): string | undefined {
  const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const level = 20 * Math.log10(loudest);
  if (level > SILENT) return undefined;
  return `its loudest sample is at ${loudest ? `${level.toFixed(0)} dB of full scale` : "zero"}`;
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
 * Gives a recording the silence before and after its speech that networks know. A side with less than the
 * least or more than the most gets the median: 50 ms stay, and beyond them are zeros. (A room's noise there,
 * and the nearer end instead of the median, changed more answers.) Any other side stays as it is.
 * @param sound Mono samples `[n]` and their rate in Hz.
 * @param usual The silence of the corpus.
 * @returns The samples themselves if both sides stay or {@linkcode findSpeech} finds no speech.
 * @example Usage
 * ```ts
 * import { fitSilence } from "ser/audio/trim.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const samples = new Float32Array(8000); // a second with a tone from 0.25 to 0.5 s
 * for (let i = 2000; i < 4000; i++) samples[i] = Math.sin(i);
 * const { samples: fitted, cut } = fitSilence({ samples, sampleRate: 8000 }, {
 *   before: { least: 0, median: 0.05, most: 0.2 },
 *   after: { least: 0.8, median: 1, most: 1.1 },
 * });
 * deepStrictEqual(fitted.length / 8000, 0.05 + 0.26 + 1); // found in whole frames of 20 ms
 * deepStrictEqual(cut, { before: 0.19, after: -0.5 });
 * ```
 */
export function fitSilence(
  sound: { samples: Float32Array; sampleRate: number },
  usual: UsualSilence,
): FittedSilence {
  const { samples, sampleRate } = sound, speech = findSpeech(samples, sampleRate);
  if (!speech) return { samples, cut: { before: 0, after: 0 } };
  const count = (seconds: number) => Math.round(seconds * sampleRate);
  const side = (has: number, { least, median, most }: UsualSeconds) => {
    if (has >= count(least) && has <= count(most)) return { wanted: has, own: has, cut: 0 };
    const wanted = count(median), own = Math.min(has, count(OWN), wanted);
    return { wanted, own, cut: (has - wanted) / sampleRate };
  };
  const before = side(speech.from, usual.before);
  const after = side(samples.length - speech.to, usual.after);
  const cut = { before: before.cut, after: after.cut };
  if (before.cut === 0 && after.cut === 0) return { samples, cut };
  const fitted = new Float32Array(before.wanted + speech.to - speech.from + after.wanted);
  const kept = samples.subarray(speech.from - before.own, speech.to + after.own);
  fitted.set(kept, before.wanted - before.own);
  return { samples: fitted, cut };
}
