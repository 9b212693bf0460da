/** Decodes recordings: WAV and FLAC bytes to samples in [-1, 1]. @module */
import { type Audio, checkSamples, damaged } from "./audio.ts";
import { decodeFlac } from "./flac.ts";
import { isFlac } from "./flac_header.ts";
import { convertCommand, formatName } from "./formats.ts";
import { decodeWav, isWav } from "./wav.ts";

export { type Audio, toMono } from "./audio.ts";

/**
 * Decodes a WAV file (8-, 16-, 24- or 32-bit integers, 32- or 64-bit floats, extensible or not, RF64) or a
 * FLAC file (8, 16 or 24 bits) of one or two channels. A WAV file whose header does not say how long it is, is
 * read to its end, with a `note`.
 * @param bytes The whole file.
 * @param name The file's name, for messages.
 * @returns Channels `[n]`. Integers of b bits come out as exactly int/2^(b-1) (32 bits rounded to
 * float32); floats as they are, up to 256 times full scale.
 * @throws {SyntaxError} If the bytes are empty, not WAV or FLAC, truncated or damaged.
 * @throws {TypeError} If the codec or the bits per sample are not read.
 * @throws {RangeError} If there are more than two channels, no samples, samples that are not finite or beyond
 * 256, or a rate outside 8 to 192 kHz.
 * @example Usage
 * ```ts
 * import { decodeAudio } from "ser/audio/decode.ts";
 * import { deepStrictEqual, equal } from "node:assert/strict";
 *
 * const header = "RIFF(\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data\x04\0\0\0";
 * const bytes = Uint8Array.from(header + "\0\x40\0\x80", (char) => char.charCodeAt(0));
 * const audio = await decodeAudio(bytes, "two samples.wav");
 * equal(audio.sampleRate, 16000);
 * deepStrictEqual(audio.channels, [new Float32Array([0.5, -1])]);
 * ```
 */
export async function decodeAudio(bytes: Uint8Array, name = "audio"): Promise<Audio> {
  if (bytes.length === 0) {
    throw damaged(name, "expected a WAV or FLAC file, received an empty one");
  }
  if (!isFlac(bytes) && !isWav(bytes)) throw notAudio(bytes, name);
  const audio = isFlac(bytes) ? await decodeFlac(bytes, name) : decodeWav(bytes, name);
  checkAudio(audio, name);
  return audio;
}

function checkAudio({ channels, sampleRate, float }: Audio, name: string): void {
  if (channels[0].length === 0) {
    throw new RangeError(
      `Cannot decode "${name}": expected samples, received 0; the recording is empty`,
    );
  }
  if (!float) return; // integers are in [-1, 1)
  const remedy = "; the file is damaged, or its full scale is not 1: export it again as 16-bit WAV";
  channels.forEach((samples, i) => {
    const place = channels.length > 1 ? ` of channel ${i + 1}` : "";
    checkSamples(`Cannot decode "${name}"`, samples, sampleRate, place + remedy);
  });
}

function notAudio(bytes: Uint8Array, name: string): SyntaxError {
  const format = formatName(bytes);
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  const received = format ?? `one that begins with ${JSON.stringify(start)}`;
  const remedy = format ? `convert it: ${convertCommand(name)}` : "convert it to WAV or FLAC";
  return new SyntaxError(
    `Cannot decode "${name}": expected a WAV or FLAC file, received ${received}; ${remedy}`,
  );
}
