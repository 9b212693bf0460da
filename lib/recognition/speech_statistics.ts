/** What the speech was like that a network learned from. @module */
import type { Silence, UsualSilence } from "../audio/trim.ts";
import { type Cloud, describeCloud, mahalanobis } from "../evaluation/mahalanobis.ts";
import { quantile } from "../evaluation/quantile.ts";

/** Measures of many utterances, to compare another one with. */
export interface SpeechStatistics {
  /** Utterances that the network learned from, and that gave the limits. */
  utterances: { learned: number; heldOut: number };
  /** Durations of the shortest and the longest utterance. */
  seconds: { least: number; most: number };
  /** Silence before and after the speech, as `silenceAround` finds it: median, and what 90 % are within. */
  silence: UsualSilence;
  /** Levels (`levelOf`) that 1 % and 99 % of all utterances stay below, in dB. */
  level: { low: number; high: number };
  /** Averaged MFCCs of those that the network learned from. */
  means: Cloud;
  /** Mahalanobis distance that 99 % of the held-out utterances stay below. */
  farthest: number;
}

/** Utterances of a corpus, measured. */
export interface MeasuredSpeech {
  /** Averaged MFCCs, row-major `[n, coefficients]`. */
  means: Float32Array;
  /** MFCCs of each utterance. */
  coefficients: number;
  /** Durations, `[n]`. */
  seconds: readonly number[];
  /** Silence of those in which speech is found. */
  silences: readonly Silence[];
  /** Mel bands that the MFCCs were made of. */
  nMels: number;
}

/** Mean level of the mel bands in dB, by averaged MFCCs: c0 is that, times the root of their number. */
export const levelOf = (means: ArrayLike<number>, nMels: number): number =>
  means[0] / Math.sqrt(nMels);

/**
 * Takes the statistics. The limit of the distance comes from utterances that the cloud is not made of:
 * its own are nearer to it than any others.
 * @param speech All utterances.
 * @param learned Indices of those that the network learned from.
 */
export function speechStatistics(
  speech: MeasuredSpeech,
  learned: ArrayLike<number>,
): SpeechStatistics {
  const { means, coefficients, seconds, silences, nMels } = speech;
  const rows = seconds.map((_, i) => means.subarray(i * coefficients, (i + 1) * coefficients));
  const own = new Set(Array.from(learned));
  const cloud = shorten(describeCloud(rows.filter((_, i) => own.has(i))));
  const others = rows.filter((_, i) => !own.has(i)).map((row) => mahalanobis(row, cloud));
  const levels = rows.map((row) => levelOf(row, nMels));
  const usual = (side: keyof Silence) => {
    const at = (share: number) => short(quantile(silences.map((s) => s[side]), share));
    return { least: at(0.05), median: at(0.5), most: at(0.95) };
  };
  return {
    utterances: { learned: own.size, heldOut: others.length },
    seconds: { least: short(Math.min(...seconds)), most: short(Math.max(...seconds)) },
    silence: { before: usual("before"), after: usual("after") },
    level: { low: short(quantile(levels, 0.01)), high: short(quantile(levels, 0.99)) },
    means: cloud,
    farthest: short(quantile(others, 0.99)),
  };
}

/** Six digits are enough for distances, and a third of the length in JSON. */
const short = (value: number): number => Number(value.toPrecision(6));

const shorten = ({ mean, deviation, cholesky }: Cloud): Cloud => ({
  mean: mean.map(short),
  deviation: deviation.map(short),
  cholesky: cholesky.map(short),
});
