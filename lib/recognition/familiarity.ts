/** How unlike the speech that a network knows a recording is, with reasons in words. @module */
import { type Silence, silentInWords, type UsualSilence } from "../audio/trim.ts";
import { mahalanobis } from "../evaluation/mahalanobis.ts";
import { levelOf, type SpeechStatistics } from "./speech_statistics.ts";
import { percent } from "../support/percent.ts";

/** One reason to expect less of the answer. */
export interface Strangeness {
  /** What is strange. */
  kind: keyof ReturnType<typeof findings>;
  /** The same in words, one sentence. */
  text: string;
}

/** How unlike the speech that a network knows a recording is. */
export interface Familiarity {
  /** Whether nothing is strange. */
  familiar: boolean;
  /** What is strange, if anything. */
  reasons: Strangeness[];
  /** Mahalanobis distance of the averaged MFCCs from those learned. */
  distance: number;
  /** The distance that 99 % of held-out utterances of the corpus stay below. */
  limit: number;
  /** Mean level of the mel bands, in dB. */
  level: number;
}

/** A recording, measured. */
export interface MeasuredRecording {
  /** Mono samples as recorded, in [-1, 1]. */
  samples: Float32Array;
  /** Duration. */
  seconds: number;
  /** Silence around the speech; none if no speech is found. */
  silence?: Silence;
  /** The most that a network reads, in seconds. */
  longest: number;
  /** Averaged MFCCs of what is read. */
  means: ArrayLike<number>;
  /** Mel bands that they were made of. */
  nMels: number;
}

/** A sample as large as that is at the end of its scale. */
const FULL_SCALE = 0.999;
/** So many in a row are cut off, not a peak. */
const RUN = 3;
/** The share of samples in such runs that is heard. */
const CLIPPED_SHARE = 0.001;

/** Seconds of silence beyond what is usual that change answers: 62 of 228 about EmoDB. */
const OTHER_SILENCE = 0.25;

/**
 * Judges a recording. What silence explains, a low level or a short duration, is not reported besides it.
 * @param recording What was measured of it.
 * @param corpus Title of the corpus, for the words.
 * @param speech What the corpus is like.
 */
export function judgeFamiliarity(
  recording: MeasuredRecording,
  corpus: string,
  speech: SpeechStatistics,
): Familiarity {
  const { means, nMels } = recording;
  const level = levelOf(means, nMels), distance = mahalanobis(means, speech.means);
  const found = findings({ ...recording, level, distance }, corpus, speech);
  const reasons = Object.entries(found)
    .flatMap(([kind, text]) => text ? [{ kind: kind as Strangeness["kind"], text }] : []);
  return { familiar: reasons.length === 0, reasons, distance, limit: speech.farthest, level };
}

/** A sentence for each thing that is strange. */
function findings(
  recording: MeasuredRecording & Pick<Familiarity, "level" | "distance">,
  corpus: string,
  speech: SpeechStatistics,
) {
  const { seconds, longest, level, distance } = recording;
  const { level: { low, high }, seconds: { least }, farthest } = speech;
  const silence = silenceInWords(recording.silence, corpus, speech.silence);
  const silent = silentInWords(recording.samples), clipped = clippedShare(recording.samples);
  const took = seconds.toFixed(1), weighs = `${level.toFixed(0)} dB on average`;
  return {
    silent: silent && `There is hardly any sound: ${silent}.`,
    clipped: clipped > CLIPPED_SHARE &&
      `It is distorted: ${percent(clipped)} of the samples are cut off at full scale.`,
    silence,
    short: seconds < least && !silence &&
      `It is shorter (${took} s) than every sentence of ${corpus} (at least ${
        least.toFixed(1)
      } s).`,
    long: seconds > longest &&
      `It is longer (${took} s) than the networks read (${longest.toFixed(1)} s): ` +
        "they get its loudest part.",
    quiet: level < low && !silence &&
      `Its mel bands are weaker (${weighs}) than in 99 % of ${corpus} (${low.toFixed(0)} dB and ` +
        "more): it is quiet, has long pauses, or has sound in few bands.",
    loud: level > high &&
      `Its mel bands are stronger (${weighs}) than in 99 % of ${corpus} (up to ` +
        `${high.toFixed(0)} dB): it is loud, or has sound in all bands, as noise has.`,
    unlike: distance > farthest &&
      `Its sound is unlike the speech of ${corpus}: its averaged MFCCs are at a distance of ` +
        `${distance.toFixed(1)}, 99 % of that speech within ${farthest.toFixed(1)}.`,
  };
}

/** How the silence differs from that of the corpus; undefined if it does not, or no speech was found. */
function silenceInWords(
  found: Silence | undefined,
  corpus: string,
  usual: UsualSilence,
): string | undefined {
  const beyond = (side: keyof Silence, has: number) =>
    Math.max(0, has - usual[side].most) + Math.min(0, has - usual[side].least);
  const more = found && beyond("before", found.before) + beyond("after", found.after);
  if (!more || Math.abs(more) < OTHER_SILENCE) return undefined;
  const range = (side: keyof Silence) =>
    `${usual[side].least.toFixed(1)} to ${usual[side].most.toFixed(1)} s`;
  return `There is ${more > 0 ? "more" : "less"} silence around the speech (${
    found.before.toFixed(1)
  } s before and ${found.after.toFixed(1)} s after it) than is usual in ${corpus} (${
    range("before")
  } and ${range("after")}), and the networks answer to silence.`;
}

/** Share of samples in runs at the end of the scale. */
function clippedShare(samples: Float32Array): number {
  let inRuns = 0, run = 0;
  for (const sample of samples) {
    run = Math.abs(sample) >= FULL_SCALE ? run + 1 : 0;
    if (run === RUN) inRuns += RUN;
    else if (run > RUN) inRuns++;
  }
  return inRuns / samples.length;
}
