/** The features of one file. @module */
import { decodeAudio } from "../audio/decode.ts";
import { fileSums, sampleSha256 } from "../audio/fingerprint.ts";
import { readAudioFile, toSignal } from "../audio/load.ts";
import { type FeatureSteps, featureSteps } from "./kernels.ts";
import type { Matrix } from "./matrix.ts";
import type { MfccOptions } from "./mfcc.ts";

/** MFCCs of one file and what they came from. */
export interface FileFeatures {
  /** The file. */
  path: string;
  /** `[frames, nMfcc]`. */
  mfcc: Matrix;
  /** Samples after resampling. */
  samples: number;
  /** Rate after resampling, in Hz. */
  sampleRate: number;
  /** Rate of the file, in Hz. */
  sourceRate: number;
  /** Duration of the recording. */
  seconds: number;
  /** SHA-256 of the samples in the file, see `sampleSha256`. */
  sampleSha256: string;
  /** What the reader should know of how the file was read; not of features that were kept. */
  note?: string;
}

/**
 * Reads one file and takes its MFCCs: decode, average to mono, resample, MFCC; the last two in C++
 * where the set-up compiled them.
 * @param path A WAV or FLAC file.
 * @param options Rate and MFCC settings.
 * @param bytes The file's bytes, if they are there already.
 * @param steps What does the work; the fastest that is there if left out.
 * @param sampleSum Checksum of the samples, if it is known.
 * @returns Its features.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it is not audio, truncated or damaged.
 * @throws {TypeError} If its codec is not read.
 * @throws {RangeError} If it is shorter than one frame or something in it is out of range.
 */
export async function fileFeatures(
  path: string,
  options: MfccOptions = {},
  bytes?: Uint8Array,
  steps: FeatureSteps = featureSteps,
  sampleSum?: string,
): Promise<FileFeatures> {
  const { sampleRate = 22050, nFft = 2048 } = options;
  const audio = await decodeAudio(bytes ?? readAudioFile(path), path);
  const resampler = steps.resample;
  const { samples } = toSignal(audio, path, { sampleRate, minSamples: nFft, resampler });
  return {
    path,
    mfcc: steps.mfcc(samples, options),
    samples: samples.length,
    sampleRate,
    sourceRate: audio.sampleRate,
    seconds: audio.channels[0].length / audio.sampleRate,
    sampleSha256: sampleSum ?? await sampleSha256(audio),
    ...(audio.note ? { note: audio.note } : {}),
  };
}

/** What became of one file. */
export interface FileResult {
  /** Checksum of its bytes, see `fileSums()`; none if it could not be read. */
  sum?: string;
  /** Its features; none if it gave none. */
  features?: FileFeatures;
  /** Why it gave none. */
  error?: Error;
}

/** Reads one file once, for its checksum and its features. */
export async function extractFile(path: string, options: MfccOptions): Promise<FileResult> {
  const result: FileResult = {};
  try {
    const bytes = readAudioFile(path);
    const { file, samples } = await fileSums(bytes);
    result.sum = file;
    result.features = await fileFeatures(path, options, bytes, featureSteps, samples);
  } catch (error) {
    result.error = error instanceof Error ? error : new Error(String(error));
  }
  return result;
}
