/**
 * Reads FLAC files (RFC 9639) with `@wasm-audio-decoders/flac`, which is libFLAC in WebAssembly, and
 * judges them as `flac -t` does: by the checksums and headers of all frames, the number of samples and
 * the MD5 sum in the file's header. @module
 */
import { createHash } from "node:crypto";
import { FLACDecoder } from "@wasm-audio-decoders/flac";
import type { Audio } from "./audio.ts";
import { pcmBytes } from "./fingerprint.ts";
import { splitFrames } from "./flac_frames.ts";
import { damagedFlac, readStreamInfo } from "./flac_header.ts";

let decoder: FLACDecoder | undefined;
let queue: Promise<unknown> = Promise.resolve();

/** Decodes a FLAC file of 8, 16 or 24 bits, as `decodeAudio` says. */
export async function decodeFlac(bytes: Uint8Array, name: string): Promise<Audio> {
  const info = readStreamInfo(bytes, name), { sampleRate, bitsPerSample, md5 } = info;
  const frames = splitFrames(bytes, info, name);
  const decoded = await inTurn(() => decodeFrames(frames, name));
  const channels = Array.from(
    { length: info.channels },
    (_, channel) => exact(decoded.map((frame) => frame[channel]), bitsPerSample),
  );
  const audio: Audio = { sampleRate, channels, bitsPerSample, float: false, codec: "flac" };
  if (!matches(audio, md5)) {
    throw damagedFlac(name, "expected the samples of its MD5 sum, received others");
  }
  return audio;
}

/** The library divides by 2^(b-1) - 1; this brings back the integers and divides by 2^(b-1). */
function exact(frames: Float32Array[], bits: number): Float32Array {
  const largest = 2 ** (bits - 1) - 1;
  const samples = new Float32Array(frames.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const frame of frames) {
    for (let i = 0; i < frame.length; i++) {
      samples[at++] = Math.round(frame[i] * largest) / (largest + 1);
    }
  }
  return samples;
}

function matches(audio: Audio, md5: string): boolean {
  return /^0+$/.test(md5) || createHash("md5").update(pcmBytes(audio)).digest("hex") === md5;
}

/** One decoder serves all files, one after the other: it holds the state of one stream. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work);
  queue = result.catch(() => {});
  return result;
}

/**
 * Decodes frame after frame; each gives its channels. After an error the decoder is given up: the library
 * then frees memory that is not its own.
 */
async function decodeFrames(frames: Uint8Array[], name: string): Promise<Float32Array[][]> {
  const current = decoder ?? new FLACDecoder();
  decoder = undefined;
  await current.ready;
  const decoded: Float32Array[][] = [];
  for (const [i, frame] of frames.entries()) {
    const { channelData, errors } = await quietly(() => current.decodeFrames([frame]));
    if (errors.length > 0 || channelData.length === 0) {
      throw damagedFlac(name, `frame ${i + 1} of ${frames.length} is not whole`);
    }
    decoded.push(channelData);
  }
  await current.reset(); // it remembers the sizes of a stream's blocks
  decoder = current;
  return decoded;
}

/** The library logs every damaged frame, before its first await; what is wrong is in its answer, too. */
function quietly<T>(work: () => T): T {
  const log = console.error;
  try {
    console.error = () => {};
    return work();
  } finally {
    console.error = log;
  }
}
