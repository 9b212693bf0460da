/** One utterance from a file on disk. Not for browsers. @module */
import { decodeAudio, toMono } from "../audio/decode.ts";
import { readAudioFile } from "../audio/load.ts";
import type { Sound } from "./recogniser.ts";

/** No utterance takes so many bytes: five minutes of 32 bits in stereo at 48 kHz take 115 MB. */
export const MOST_BYTES = 200e6;

/**
 * Reads a recording as its file holds it, averaged to mono.
 * @param path A WAV or FLAC file.
 * @param bytes Its bytes, if they are there already.
 * @returns The recording; with a note, if there is something to know of how it was read.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it is not audio, truncated or damaged.
 * @throws {TypeError} If its codec is not read, or it is no regular file.
 * @throws {RangeError} If it is larger than 200 MB, or something in it is out of range.
 * @example Usage
 * ```ts
 * import { readSound } from "ser/recognition/read_sound.ts";
 * import { rejects } from "node:assert/strict";
 * await rejects(readSound("no/such.wav"), Deno.errors.NotFound);
 * ```
 */
export async function readSound(
  path: string,
  bytes: Uint8Array = readAudioFile(path, MOST_BYTES),
): Promise<Sound & { note?: string }> {
  const audio = await decodeAudio(bytes, path), { sampleRate, note } = audio;
  return { samples: toMono(audio), sampleRate, name: path, ...(note ? { note } : {}) };
}
