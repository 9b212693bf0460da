/** Writes WAV files: 16-bit integers, one channel. @module */

/**
 * Samples as a WAV file.
 * @param samples Mono; values outside [-1, 1] are clipped.
 * @param sampleRate In Hz.
 * @returns 44 bytes of header and 2 bytes a sample.
 * @example Usage
 * ```ts
 * import { encodeWav } from "ser/audio/encode_wav.ts";
 * import { decodeWav } from "ser/audio/wav.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const { sampleRate, channels } = decodeWav(encodeWav([0, -0.5, -2], 16000), "three samples");
 * deepStrictEqual([sampleRate, ...channels[0]], [16000, 0, -0.5, -1]);
 * ```
 */
export function encodeWav(samples: ArrayLike<number>, sampleRate: number): Uint8Array {
  const size = 2 * samples.length, file = new DataView(new ArrayBuffer(44 + size));
  const bytes = new Uint8Array(file.buffer), text = new TextEncoder();
  text.encodeInto("RIFF", bytes);
  file.setUint32(4, 36 + size, true);
  text.encodeInto("WAVEfmt ", bytes.subarray(8));
  file.setUint32(16, 16, true); // length of the format chunk
  file.setUint16(20, 1, true); // PCM
  file.setUint16(22, 1, true); // channels
  file.setUint32(24, sampleRate, true);
  file.setUint32(28, 2 * sampleRate, true); // bytes a second
  file.setUint16(32, 2, true); // bytes a sample
  file.setUint16(34, 16, true); // bits a sample
  text.encodeInto("data", bytes.subarray(36));
  file.setUint32(40, size, true);
  for (let i = 0; i < samples.length; i++) {
    const clipped = Math.max(-1, Math.min(1, samples[i]));
    file.setInt16(44 + 2 * i, Math.round(clipped < 0 ? clipped * 32768 : clipped * 32767), true);
  }
  return bytes;
}
