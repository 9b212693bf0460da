/** Whether a recording can be speech at all: what hums, hisses or beeps evenly cannot. @module */
import { quantile } from "../evaluation/quantile.ts";
import type { Familiarity } from "./familiarity.ts";

/** Length of a frame in seconds. */
const FRAME = 0.025;
/** Frames weaker than the strongest by more dB count as so weak. */
const DEEPEST = 80;
/**
 * Least range (dB) of the levels of speech, tenth to ninetieth percentile. Sentences of EmoDB, RAVDESS
 * and SAVEE, cut to the speech, have 10 and more; white, pink and brown noise, tones and hum 2 and less.
 */
const LEAST_RANGE = 6;
/**
 * Speech of other corpora lies within 3 of the limits that hold 99 % of a corpus; noise whose level
 * comes and goes, and what is no voice at all, often lies beyond.
 */
const MOST_LIMITS = 3;

/**
 * Judges what the networks had better not answer to.
 * @param samples Mono samples, shape `[n]`.
 * @param sampleRate In Hz.
 * @param familiarity What is known of the recording.
 * @returns False if its level is even, as that of noise and tones is, or its averaged MFCCs are
 *   farther from the corpus than those of any speech.
 */
export function couldBeSpeech(
  samples: Float32Array,
  sampleRate: number,
  { distance, limit }: Pick<Familiarity, "distance" | "limit">,
): boolean {
  return distance <= MOST_LIMITS * limit && levelRange(samples, sampleRate) >= LEAST_RANGE;
}

/** From the tenth to the ninetieth percentile of the frames' levels, in dB. */
function levelRange(samples: Float32Array, sampleRate: number): number {
  const length = Math.round(FRAME * sampleRate), levels: number[] = [];
  for (let start = 0; start + length <= samples.length; start += length) {
    const power = samples.subarray(start, start + length).reduce((sum, x) => sum + x * x, 0);
    levels.push(10 * Math.log10(power));
  }
  const floor = Math.max(...levels) - DEEPEST;
  const heard = levels.map((level) => Math.max(level, floor));
  return quantile(heard, 0.9) - quantile(heard, 0.1);
}
