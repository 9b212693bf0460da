/** From a file to the signal that the features are taken from. @module */
import { type Audio, decodeAudio, toMono } from "./decode.ts";
import { resample } from "./resample.ts";

/** A mono signal and where it came from. */
export interface Signal {
  /** Samples in [-1, 1], shape `[n]`. */
  samples: Float32Array;
  /** Samples per second, in Hz. */
  sampleRate: number;
  /** Samples per second in the file, in Hz. */
  sourceRate: number;
  /** The file. */
  path: string;
}

/** How to load a signal. */
export interface SignalOptions {
  /** Rate to resample to, in Hz. @default {22050} (librosa's) */
  sampleRate?: number;
  /** Fewest samples that are taken, counted after resampling. @default {2048} (one frame) */
  minSamples?: number;
  /** Changes the rate. @default {resample} */
  resampler?: typeof resample;
}

/**
 * Loads a recording as `librosa.load` does: decoded, averaged to mono, resampled.
 * @param path A WAV or FLAC file.
 * @param options Rate, and how short it may be.
 * @returns The signal, `[ceil(n * sampleRate / sourceRate)]`.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file is not audio, truncated or damaged.
 * @throws {TypeError} If its codec is not read.
 * @throws {RangeError} If its samples, channels or rate are out of range, or it is shorter than one frame.
 * @example Usage
 * ```ts
 * import { loadSignal } from "ser/audio/load.ts";
 * import { rejects } from "node:assert/strict";
 *
 * await rejects(loadSignal("no/such.wav"), Deno.errors.NotFound);
 * ```
 */
export async function loadSignal(path: string, options: SignalOptions = {}): Promise<Signal> {
  const audio = await decodeAudio(readAudioFile(path), path);
  return toSignal(audio, path, options);
}

/**
 * Averages a decoded recording to mono and resamples it.
 * @param audio The recording.
 * @param path Its file, for messages.
 * @param options Rate, and how short it may be.
 * @throws {RangeError} If it is shorter than `minSamples`.
 */
export function toSignal(audio: Audio, path: string, options: SignalOptions = {}): Signal {
  const { sampleRate = 22050, minSamples = 2048, resampler = resample } = options;
  const samples = resampler(toMono(audio), audio.sampleRate, sampleRate);
  if (samples.length < minSamples) {
    const ms = (count: number) => `${(1000 * count / sampleRate).toFixed(1)} ms`;
    throw new RangeError(
      `Cannot use "${path}": expected at least one frame of ${minSamples} samples (${
        ms(minSamples)
      } at ${sampleRate} Hz), received ${samples.length} (${
        ms(samples.length)
      }); the recording is too short`,
    );
  }
  return { samples, sampleRate, sourceRate: audio.sampleRate, path };
}

/**
 * Reads a file, saying plainly when it is missing or not a file. It does so at once: a recording is
 * small, and waiting for other threads to do it takes four times as long.
 * @param path The file.
 * @throws {Deno.errors.NotFound} If there is none.
 * @throws {TypeError} If it is a folder.
 */
export function readAudioFile(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (isFolder(path)) {
      throw new TypeError(`Cannot read "${path}": expected an audio file, received a folder`);
    }
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(`Cannot read "${path}": no such file; check the path`);
  }
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
