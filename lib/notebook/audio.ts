/** Recordings to listen to in a notebook. @module */
import { Buffer } from "node:buffer";
import { encodeWav } from "../audio/encode_wav.ts";
import { resample } from "../audio/resample.ts";
import { escapeHtml, html, type Output } from "./output.ts";

/** Samples, or the bytes of a file that browsers play as it is (FLAC takes a fifth less than WAV). */
export type Sound =
  | { samples: Float32Array; sampleRate: number }
  | { bytes: Uint8Array; type: "audio/flac" | "audio/wav" };

const PLAYER_RATE = 16000;

/**
 * A player. Samples become a 16-bit mono WAV of at most 16 kHz (32 KB a second); the sound is part
 * of the output and saved with the notebook, so use it for speech that may be passed on only.
 * @param sound Samples in [-1, 1] with their rate in Hz, or a file's bytes.
 * @param caption What is to be heard.
 * @returns HTML with a player; its text form says what and how large.
 * @example Usage
 * ```ts
 * import { audio } from "ser/notebook/audio.ts";
 * import { strictEqual } from "node:assert/strict";
 * const { bundle } = audio({ samples: new Float32Array(16000), sampleRate: 16000 }, "Silence");
 * strictEqual(bundle["text/plain"], "Audio: Silence (1.0 s, 32 KB)");
 * ```
 */
export function audio(sound: Sound, caption: string): Output {
  let bytes: Uint8Array, type = "audio/wav", length = "";
  if ("bytes" in sound) {
    ({ bytes, type } = sound);
  } else {
    const rate = Math.min(sound.sampleRate, PLAYER_RATE);
    bytes = encodeWav(resample(sound.samples, sound.sampleRate, rate), rate);
    length = `${(sound.samples.length / sound.sampleRate).toFixed(1)} s, `;
  }
  const size = `${length}${Math.round(bytes.length / 1000)} KB`;
  const source = `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
  const player = `<audio controls preload="metadata" src="${source}"></audio>`;
  return html(
    `<div>${escapeHtml(caption)} (${size})<br>${player}</div>`,
    `Audio: ${caption} (${size})`,
  );
}
