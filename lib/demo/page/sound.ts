/**
 * From a file to samples: WAV by the library's own reader, everything else by the browser's decoders.
 * @module
 */
import { type Audio, checkFormat, toMono } from "../../audio/audio.ts";
import { isFlac, readStreamInfo } from "../../audio/flac_header.ts";
import { silentInWords } from "../../audio/trim.ts";
import { decodeWav, isWav } from "../../audio/wav.ts";

/** One utterance. */
export interface Sound {
  /** Mono samples in [-1, 1], shape `[n]`. */
  samples: Float32Array;
  /** In Hz; that of the file where it can be known. */
  sampleRate: number;
  /** What to call it, for example the file's name. */
  name: string;
  /** What to play and to save. */
  file: Blob;
}

/** The longest sound that is taken, in seconds: a sentence, not a conversation. */
export const MAX_SECONDS = 30;
/** The shortest, in seconds. */
const MIN_SECONDS = 0.5;
/** No sentence takes so many bytes in any format. */
const MAX_BYTES = 50e6;
/** The rate at which the browser decodes what does not tell its own. */
const USUAL_RATE = 48_000;

/**
 * Decodes a file: WAV, FLAC or whatever else the browser plays.
 * @param name For messages.
 * @returns Its sound, as long as a sentence and not silent.
 * @throws {RangeError} If it is too large, too long, too short or silent.
 * @throws {SyntaxError} If it cannot be decoded.
 */
export async function soundOf(file: Blob, name: string): Promise<Sound> {
  if (file.size > MAX_BYTES) throw tooMuch(name, "", `${Math.round(file.size / 1e6)} MB`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.length === 0) {
    throw new SyntaxError(`Cannot use "${name}": expected a sound file, received an empty file`);
  }
  const { samples, sampleRate } = ownSamples(bytes, name) ??
    await browserSamples(file, bytes, name);
  checkLength(samples.length / sampleRate, name);
  checkLevel(samples, name);
  return { samples, sampleRate, name, file };
}

type Samples = Pick<Sound, "samples" | "sampleRate">;

/** A WAV file's samples; undefined of other files and of WAV files whose codec is not the library's. */
function ownSamples(bytes: Uint8Array, name: string): Samples | undefined {
  if (!isWav(bytes)) return undefined;
  try {
    const audio = decodeWav(bytes, name);
    return { samples: toMono(audio), sampleRate: audio.sampleRate };
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Decoded at the rate of the file, so that the samples are the file's own, if it says which. */
async function browserSamples(file: Blob, bytes: Uint8Array, name: string): Promise<Samples> {
  let rate = USUAL_RATE;
  if (isFlac(bytes)) {
    const info = readStreamInfo(bytes, name);
    rate = info.sampleRate;
    checkLength(info.samples / rate, name);
  } else {
    checkLength(await playingTime(file, name), name);
  }
  try {
    const context = new OfflineAudioContext(1, 1, rate);
    const decoded = await context.decodeAudioData(bytes.buffer as ArrayBuffer);
    checkFormat(name, decoded.numberOfChannels, decoded.sampleRate);
    const numbers = [...Array(decoded.numberOfChannels).keys()];
    const channels = numbers.map((number) => decoded.getChannelData(number));
    return { samples: toMono({ channels } as Audio), sampleRate: decoded.sampleRate };
  } catch (error) {
    throw error instanceof RangeError ? error : undecodable(name);
  }
}

/** How long a file plays, in seconds, without decoding it. */
function playingTime(file: Blob, name: string): Promise<number> {
  const url = URL.createObjectURL(file), player = document.createElement("audio");
  return new Promise<number>((resolve, reject) => {
    player.preload = "metadata";
    player.onloadedmetadata = () => resolve(player.duration);
    player.onerror = () => reject(undecodable(name));
    player.src = url;
  }).finally(() => {
    player.removeAttribute("src");
    URL.revokeObjectURL(url);
  });
}

/** @param seconds 0 or infinite if a header does not say. */
function checkLength(seconds: number, name: string): void {
  if (seconds > MAX_SECONDS && seconds < Infinity) {
    throw tooMuch(name, ` of at most ${MAX_SECONDS} s`, duration(seconds));
  }
  if (seconds < MIN_SECONDS && seconds > 0) {
    throw new RangeError(
      `Cannot use "${name}": expected a sentence of at least ${MIN_SECONDS} s, received ${
        seconds.toFixed(2)
      } s`,
    );
  }
}

const tooMuch = (name: string, limit: string, received: string): RangeError =>
  new RangeError(
    `Cannot use "${name}": expected one sentence${limit}, received ${received}; cut it out first`,
  );

function checkLevel(samples: Float32Array, name: string): void {
  const silent = silentInWords(samples);
  if (silent === undefined) return;
  throw new RangeError(
    `Cannot use "${name}": expected speech, received silence (${silent}); is the microphone muted?`,
  );
}

function undecodable(name: string): SyntaxError {
  return new SyntaxError(
    `Cannot use "${name}": expected a sound file that this browser plays, received something else or a damaged file; WAV always works`,
  );
}

const duration = (seconds: number): string =>
  seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
