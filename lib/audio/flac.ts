/**
 * Reads FLAC files (RFC 9639) with `@wasm-audio-decoders/flac`, which is libFLAC in WebAssembly,
 * and checks what came out against the number of samples and the MD5 sum in the file's header. @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type FLACDecodedAudio, FLACDecoder } from "@wasm-audio-decoders/flac";
import { type Audio, checkFormat } from "./audio.ts";
import { pcmBytes } from "./fingerprint.ts";

/** float32 holds integers of 24 bits exactly, not more. */
const MAX_BITS = 24;

/** The block STREAMINFO that begins every FLAC file (RFC 9639, section 8.2). */
export interface StreamInfo {
  sampleRate: number;
  channels: number;
  bitsPerSample: number;
  /** Samples of one channel; 0 if the encoder did not know. */
  samples: number;
  /** MD5 sum of the samples in hexadecimal; all zero if the encoder did not say. */
  md5: string;
}

let decoder: FLACDecoder | undefined;
let queue: Promise<unknown> = Promise.resolve();

/** Whether the bytes begin as a FLAC file. */
export function isFlac(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && String.fromCharCode(...bytes.subarray(0, 4)) === "fLaC";
}

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
    throw damaged(
      name,
      `its header declares ${info.samples} samples, but ${samplesDecoded} are whole`,
    );
  }
  const { sampleRate, bitsPerSample } = info;
  const channels = channelData.map((samples) => exact(samples, bitsPerSample));
  const audio: Audio = { sampleRate, channels, bitsPerSample, float: false, codec: "flac" };
  if (errors.length > 0 || channels.length !== info.channels || !matches(audio, info.md5)) {
    throw damaged(name, "expected the samples of its MD5 sum, received others");
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
 * Reads what a file says of itself.
 * @param bytes The whole file.
 * @param name The file's name, for messages.
 * @throws {SyntaxError} If the file is truncated or damaged.
 * @throws {TypeError} If samples have more than 24 bits.
 * @throws {RangeError} If there are more than two channels or the rate is outside 8 to 192 kHz.
 */
export function readStreamInfo(bytes: Uint8Array, name: string): StreamInfo {
  if (bytes.length < 42) {
    throw damaged(name, `its header takes 42 bytes, but ${bytes.length} are there`);
  }
  if ((bytes[4] & 0x7f) !== 0) throw damaged(name, "expected STREAMINFO first, received another");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // from bit 0 of byte 18: 20 bits rate, 3 bits channels - 1, 5 bits depth - 1, 36 bits samples
  const packed = view.getUint32(18);
  const info = {
    sampleRate: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    bitsPerSample: ((packed >>> 4) & 31) + 1,
    samples: (packed & 15) * 2 ** 32 + view.getUint32(22),
    md5: Buffer.from(bytes.subarray(26, 42)).toString("hex"),
  };
  checkFormat(name, info.channels, info.sampleRate);
  if (info.bitsPerSample > MAX_BITS) {
    throw new TypeError(
      `Cannot decode "${name}": expected FLAC of at most ${MAX_BITS} bits, received ${info.bitsPerSample}; convert it to ${MAX_BITS}-bit FLAC`,
    );
  }
  return info;
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

/** Where the metadata blocks end: each has a flag "last", 7 bits of type and 24 bits of length. */
export function firstFrame(bytes: Uint8Array): number {
  let at = 4, last = false;
  while (!last && at + 4 <= bytes.length) {
    last = bytes[at] >= 0x80;
    at += 4 + bytes[at + 1] * 2 ** 16 + bytes[at + 2] * 2 ** 8 + bytes[at + 3];
  }
  return at;
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
    throw damaged(name, `the decoder says: ${error instanceof Error ? error.message : error}`);
  }
}

function damaged(name: string, what: string): SyntaxError {
  return new SyntaxError(
    `Cannot decode "${name}": the FLAC file is truncated or damaged: ${what}; copy or download it again`,
  );
}
