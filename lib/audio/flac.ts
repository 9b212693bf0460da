/**
 * Reads FLAC files (RFC 9639) with `@wasm-audio-decoders/flac`, which is libFLAC in WebAssembly,
 * and checks what came out against the number of samples and the MD5 sum in the file's header. @module
 */
import { createHash } from "node:crypto";
import { type FLACDecodedAudio, FLACDecoder } from "@wasm-audio-decoders/flac";
import type { Audio } from "./audio.ts";
import { pcmBytes } from "./fingerprint.ts";
import { damagedFlac, firstFrame, readStreamInfo } from "./flac_header.ts";

let decoder: FLACDecoder | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Decodes a FLAC file of up to 24 bits.
 * @param bytes The whole file.
 * @param name The file's name, for messages.
 * @returns Channels `[n]`; a sample of b bits is exactly int/2^(b-1).
 * @throws {SyntaxError} If the file is truncated or damaged.
 * @throws {TypeError} If samples have more than 24 bits.
 * @throws {RangeError} If there are more than two channels or the rate is outside 8 to 192 kHz.
 */
export async function decodeFlac(bytes: Uint8Array, name: string): Promise<Audio> {
  const info = readStreamInfo(bytes, name);
  let decoded = await inTurn(() => runDecoder(bytes, name));
  if (info.samples === 0 || decoded.samplesDecoded < info.samples) {
    decoded = await inTurn(() => runDecoder(withEndMark(bytes), name));
  }
  const { channelData, samplesDecoded, errors } = decoded;
  if (samplesDecoded < info.samples) {
    throw damagedFlac(
      name,
      `its header declares ${info.samples} samples, but ${samplesDecoded} are whole`,
    );
  }
  const { sampleRate, bitsPerSample } = info;
  const channels = channelData.map((samples) => exact(samples, bitsPerSample));
  const audio: Audio = { sampleRate, channels, bitsPerSample, float: false, codec: "flac" };
  if (errors.length > 0 || channels.length !== info.channels || !matches(audio, info.md5)) {
    throw damagedFlac(name, "expected the samples of its MD5 sum, received others");
  }
  return audio;
}

/** The library divides by 2^(b-1) - 1; this brings back the integer and divides by 2^(b-1). */
function exact(samples: Float32Array, bits: number): Float32Array {
  const largest = 2 ** (bits - 1) - 1;
  const integers = new Float32Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    integers[i] = Math.round(samples[i] * largest) / (largest + 1);
  }
  return integers;
}

function matches(audio: Audio, md5: string): boolean {
  return /^0+$/.test(md5) || createHash("md5").update(pcmBytes(audio)).digest("hex") === md5;
}

/**
 * The file with the header of its first frame once more at the end. The library's parser (codec-parser
 * 2.5.0) knows where a frame ends by the next one's header; of one file in sixteen of our corpora it
 * loses the last frame, after which there is none. Its checksum still has to be right to be taken.
 */
function withEndMark(bytes: Uint8Array): Uint8Array {
  const LONGEST_HEADER = 16;
  const start = firstFrame(bytes);
  const marked = new Uint8Array(bytes.length + LONGEST_HEADER);
  marked.set(bytes);
  marked.set(bytes.subarray(start, start + LONGEST_HEADER), bytes.length);
  return marked;
}

/** One decoder serves all files, one after the other: it holds the state of one stream. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work);
  queue = result.catch(() => {});
  return result;
}

async function runDecoder(bytes: Uint8Array, name: string): Promise<FLACDecodedAudio> {
  decoder ??= new FLACDecoder();
  await decoder.ready;
  // The library logs every damaged frame, and it does so before its first await; what is wrong
  // is in `errors` and in our own checks.
  const log = console.error;
  let decoding: Promise<FLACDecodedAudio>;
  try {
    console.error = () => {};
    decoding = decoder.decodeFile(bytes);
  } finally {
    console.error = log;
  }
  try {
    return await decoding;
  } catch (error) {
    decoder = undefined; // its state is unknown
    throw damagedFlac(name, `the decoder says: ${error instanceof Error ? error.message : error}`);
  }
}
