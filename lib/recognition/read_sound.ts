/** One utterance from a file on disk. Not for browsers. @module */
import { decodeAudio, toMono } from "../audio/decode.ts";
import { readAudioFile } from "../audio/load.ts";
import type { Sound } from "./recogniser.ts";

/** No utterance takes so many bytes: five minutes of 32 bits in stereo at 48 kHz take 115 MB. */
const MOST_BYTES = 200e6;

/**
 * Reads a recording as its file holds it, averaged to mono.
 * @param path A WAV or FLAC file.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it is not audio, truncated or damaged.
 * @throws {TypeError} If its codec is not read, or it is a folder.
 * @throws {RangeError} If it is larger than 200 MB, or something in it is out of range.
 * @example Usage
 * ```ts
 * import { readSound } from "ser/recognition/read_sound.ts";
 * import { rejects } from "node:assert/strict";
 * await rejects(readSound("no/such.wav"), Deno.errors.NotFound);
 * ```
 */
export async function readSound(path: string): Promise<Sound> {
  checkSize(path);
  const audio = await decodeAudio(readAudioFile(path), path);
  return { samples: toMono(audio), sampleRate: audio.sampleRate, name: path };
}

function checkSize(path: string): void {
  let size = 0;
  try {
    size = Deno.statSync(path).size;
  } catch {
    return; // reading it says why
  }
  if (size <= MOST_BYTES) return;
  throw new RangeError(
    `Cannot read "${path}": expected one utterance of at most ${MOST_BYTES / 1e6} MB, received ${
      Math.round(size / 1e6)
    } MB; cut it into sentences`,
  );
}
