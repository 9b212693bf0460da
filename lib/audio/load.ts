/** From a file to the signal that the features are taken from. @module */
import { type Audio, decodeAudio, toMono } from "./decode.ts";
import { resample } from "./resample.ts";
import { readError } from "../support/error_text.ts";
import { checkOptions } from "../support/options.ts";

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
  checkOptions("load a signal", options, "sampleRate minSamples resampler");
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

/** The largest recording that is read, in bytes: 87 minutes of 16 bits in stereo at 48 kHz. */
export const MOST_BYTES = 1e9;

/**
 * Reads a file, saying plainly when it is missing or not a file. It does so at once: a recording is
 * small, and waiting for other threads to do it takes four times as long.
 * @param path The file.
 * @param most The most that is read, in bytes.
 * @throws {Deno.errors.NotFound} If there is none.
 * @throws {TypeError} If it is a folder, a pipe or a device.
 * @throws {RangeError} If it is larger.
 */
export function readAudioFile(path: string, most: number = MOST_BYTES): Uint8Array {
  let file: Deno.FsFile;
  try {
    const about = Deno.statSync(path); // opening a pipe would wait for a writer
    if (!about.isFile) throw notRegular(path, about);
    file = Deno.openSync(path);
  } catch (error) {
    throw error instanceof TypeError ? error : readError(error, path);
  }
  try {
    return readBytes(file, file.statSync().size, path, most);
  } finally {
    file.close();
  }
}

/**
 * Reads standard input to its end.
 * @param most The most that is read, in bytes.
 * @throws {RangeError} If there is more.
 */
export const readStandardInput = (most: number = MOST_BYTES): Uint8Array =>
  readBytes(Deno.stdin, 2 ** 16, "standard input", most);

/** @param expected So many bytes are there, as it seems. */
function readBytes(
  source: { readSync(target: Uint8Array): number | null },
  expected: number,
  name: string,
  most: number,
): Uint8Array {
  let bytes = new Uint8Array(Math.min(expected, most) + 1), length = 0; // one more finds the end
  for (;;) {
    const count = read(source, bytes.subarray(length), name);
    if (!count) return bytes.subarray(0, length);
    length += count;
    if (length > most) {
      throw new RangeError(
        `Cannot read "${name}": expected at most ${
          most / 1e6
        } MB, received more; cut it into parts`,
      );
    }
    if (length < bytes.length) continue;
    const larger = new Uint8Array(Math.min(2 * length, most + 1));
    larger.set(bytes);
    bytes = larger;
  }
}

function read(
  source: { readSync(target: Uint8Array): number | null },
  target: Uint8Array,
  name: string,
): number | null {
  try {
    return source.readSync(target);
  } catch (error) {
    throw readError(error, name);
  }
}

function notRegular(path: string, about: Deno.FileInfo): TypeError {
  if (about.isDirectory) {
    return new TypeError(`Cannot read "${path}": expected an audio file, received a folder`);
  }
  const kind = about.isFifo ? "a pipe" : about.isSocket ? "a socket" : "a device";
  return new TypeError(
    `Cannot read "${path}": expected a regular file, received ${kind}; save it as a file, or give "-" and send it to standard input`,
  );
}
