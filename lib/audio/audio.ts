/** What a decoded recording is, whatever file it came from. @module */

/** Sampling rates that the project reads, in Hz. */
export const MIN_RATE = 8_000, MAX_RATE = 192_000;

/** A decoded recording. */
export interface Audio {
  /** Samples per second and channel, 8,000 to 192,000 Hz. */
  sampleRate: number;
  /** One or two channels of equal length, each `[n]`; integer formats lie in [-1, 1). */
  channels: Float32Array[];
  /** Bits of one stored sample, for example 16. */
  bitsPerSample: number;
  /** Whether the file stores floating-point numbers. */
  float: boolean;
  /** The file format. */
  codec: "wav" | "flac";
  /** What the reader should know of how the file was read, one sentence without a period. */
  note?: string;
}

/**
 * The largest sample that is taken for sound: 48 dB above full scale. Float recordings may exceed 1, those of
 * recorders with much headroom by far; numbers beyond it come from a damaged file, or from a full scale of
 * 32,768 instead of 1.
 */
export const MOST_AMPLITUDE = 256;

/**
 * The mean of the channels, in float32 as `librosa.to_mono` takes it.
 * @param audio A recording of one or two channels of `n` samples.
 * @returns Samples `[n]`; of a mono recording the channel itself, not a copy.
 * @example Usage
 * ```ts
 * import { toMono } from "ser/audio/decode.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const channels = [new Float32Array([0.5, -1]), new Float32Array([0.25, 0])];
 * const stereo = { sampleRate: 48000, channels, bitsPerSample: 16, float: false, codec: "wav" as const };
 * deepStrictEqual(toMono(stereo), new Float32Array([0.375, -0.5]));
 * ```
 */
export function toMono(audio: Audio): Float32Array {
  const [left, right] = audio.channels;
  return right ? left.map((value, i) => (value + right[i]) / 2) : left;
}

/**
 * Refuses samples that are not finite or absurdly large.
 * @param action What failed, for the message, for example `Cannot take MFCCs`.
 * @param samples Samples `[n]` of one channel, in [-256, 256].
 * @param sampleRate In Hz, to say when.
 * @param more What to say after the sample's place. @default {""}
 * @throws {RangeError} If one is not finite or beyond.
 * @example Usage
 * ```ts
 * import { checkSamples } from "ser/audio/audio.ts";
 * import { throws } from "node:assert/strict";
 *
 * throws(() => checkSamples("Cannot listen", new Float32Array([0, NaN]), 8000), {
 *   message: "Cannot listen: expected samples in [-256, 256] (full scale is 1), received NaN at sample 1 (0.000125 s)",
 * });
 * ```
 */
export function checkSamples(
  action: string,
  samples: Float32Array,
  sampleRate: number,
  more = "",
): void {
  for (let i = 0; i < samples.length; i++) {
    if (Math.abs(samples[i]) <= MOST_AMPLITUDE) continue; // not so of NaN
    const seconds = Number((i / sampleRate).toPrecision(6));
    throw new RangeError(
      `${action}: expected samples in [-${MOST_AMPLITUDE}, ${MOST_AMPLITUDE}] (full scale is 1), received ${
        Number(samples[i].toPrecision(7))
      } at sample ${i} (${seconds} s)${more}`,
    );
  }
}

/**
 * The error of a file that is not whole.
 * @param name The file.
 * @param fault What is wrong with it.
 */
export const damaged = (name: string, fault: string): SyntaxError =>
  new SyntaxError(`Cannot decode "${name}": ${fault}; copy or download it again`);

/**
 * Refuses what the project does not read, before any sample is decoded.
 * @throws {RangeError} If there are not one or two channels or the rate is outside 8 to 192 kHz.
 */
export function checkFormat(name: string, channels: number, sampleRate: number): void {
  if (channels !== 1 && channels !== 2) {
    throw new RangeError(
      `Cannot decode "${name}": expected one or two channels, received ${channels}; mix it down first`,
    );
  }
  if (!(sampleRate >= MIN_RATE && sampleRate <= MAX_RATE)) {
    throw new RangeError(
      `Cannot decode "${name}": expected a sampling rate from ${MIN_RATE} to ${MAX_RATE} Hz, received ${sampleRate}; resample it first`,
    );
  }
}
