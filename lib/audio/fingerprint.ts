/** The identity of a recording: a checksum of its samples, whatever file holds them. @module */
import { sha256 } from "../support/files.ts";
import type { Audio } from "./audio.ts";
import { isWav, storedIntegers } from "./wav.ts";

/**
 * The samples as integers of the stored width: signed, little endian, channels interleaved, as FLAC
 * checks them and as WAV stores them from 16 bits up; of 32-bit integers the float32 precision is kept.
 * Float recordings give their float32 bytes.
 */
export function pcmBytes(audio: Audio): Uint8Array {
  const { channels, bitsPerSample: bits } = audio;
  if (audio.float) return interleave(channels, Float32Array, 1);
  const scale = 2 ** (bits - 1);
  if (bits <= 8) return interleave(channels, Int8Array, scale);
  if (bits <= 16) return interleave(channels, Int16Array, scale);
  const wide = interleave(channels, Int32Array, scale);
  return bits <= 24 ? wide.filter((_, i) => i % 4 !== 3) : wide; // a value of 24 bits has 3 bytes
}

/** The samples times `scale` as numbers of one type, as bytes (little endian wherever Deno runs). */
function interleave(
  channels: Float32Array[],
  Type: typeof Float32Array | typeof Int8Array | typeof Int16Array | typeof Int32Array,
  scale: number,
): Uint8Array {
  const step = channels.length;
  const values = new Type(channels[0].length * step);
  const largest = Type === Float32Array ? Infinity : scale - 1; // float32 rounds 2^31 - 1 up
  channels.forEach((samples, channel) => {
    for (let i = 0, at = channel; i < samples.length; i++, at += step) {
      values[at] = Math.min(samples[i] * scale, largest);
    }
  });
  return new Uint8Array(values.buffer);
}

/**
 * SHA-256 of the integer samples: equal for the WAV and the FLAC file of one recording, and for
 * 16-bit WAV equal to the checksum of the data chunk.
 * @param audio The recording.
 * @returns 64 hexadecimal digits.
 * @example Usage
 * ```ts
 * import { sampleSha256 } from "ser/audio/fingerprint.ts";
 * import { sha256 } from "ser/support/files.ts";
 * import { equal } from "node:assert/strict";
 *
 * const channels = [new Float32Array([1 / 32768, -1])];
 * const audio = { sampleRate: 16000, channels, bitsPerSample: 16, float: false, codec: "flac" as const };
 * equal(await sampleSha256(audio), await sha256(new Uint8Array([1, 0, 0, 0x80])));
 * ```
 */
export function sampleSha256(audio: Audio): Promise<string> {
  return sha256(pcmBytes(audio));
}

/** Checksums of a file. */
export interface FileSums {
  /** Of all its bytes. */
  file: string;
  /** Of its samples, as {@linkcode sampleSha256}; only of a WAV file of 16- or 24-bit integers. */
  samples?: string;
}

/**
 * SHA-256 of a file's bytes. That of a WAV file of integers is taken of its samples' SHA-256 and of what
 * stands around them, so that the samples, which have a checksum anyway, are gone through once.
 * @param bytes The whole file.
 * @example Usage
 * ```ts
 * import { fileSums } from "ser/audio/fingerprint.ts";
 * import { sha256 } from "ser/support/files.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const bytes = new TextEncoder().encode("no WAV file");
 * deepStrictEqual(await fileSums(bytes), { file: await sha256(bytes) });
 * ```
 */
export async function fileSums(bytes: Uint8Array): Promise<FileSums> {
  const data = integersOf(bytes);
  if (!data) return { file: await sha256(bytes) };
  const samples = await sha256(data), start = data.byteOffset - bytes.byteOffset;
  const around = [bytes.subarray(0, start), bytes.subarray(start + data.length)];
  const text = `WAV ${await sha256(around[0])} ${samples} ${await sha256(around[1])}`;
  return { file: await sha256(new TextEncoder().encode(text)), samples };
}

/** The samples of a WAV file as they are in it; undefined of other files and damaged ones. */
function integersOf(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return isWav(bytes) ? storedIntegers(bytes, "audio") : undefined;
  } catch {
    return undefined;
  }
}
