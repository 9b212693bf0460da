/** What a FLAC file says of itself before its samples (RFC 9639). @module */
import { checkFormat } from "./audio.ts";

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

/** Whether the bytes begin as a FLAC file. */
export function isFlac(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && String.fromCharCode(...bytes.subarray(0, 4)) === "fLaC";
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
    throw damagedFlac(name, `its header takes 42 bytes, but ${bytes.length} are there`);
  }
  if ((bytes[4] & 0x7f) !== 0) {
    throw damagedFlac(name, "expected STREAMINFO first, received another");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // from bit 0 of byte 18: 20 bits rate, 3 bits channels - 1, 5 bits depth - 1, 36 bits samples
  const packed = view.getUint32(18);
  const info = {
    sampleRate: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    bitsPerSample: ((packed >>> 4) & 31) + 1,
    samples: (packed & 15) * 2 ** 32 + view.getUint32(22),
    md5: Array.from(bytes.subarray(26, 42), (byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
  checkFormat(name, info.channels, info.sampleRate);
  if (info.bitsPerSample > MAX_BITS) {
    throw new TypeError(
      `Cannot decode "${name}": expected FLAC of at most ${MAX_BITS} bits, received ${info.bitsPerSample}; convert it to ${MAX_BITS}-bit FLAC`,
    );
  }
  return info;
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

/** The error of a FLAC file that is not whole. */
export function damagedFlac(name: string, what: string): SyntaxError {
  return new SyntaxError(
    `Cannot decode "${name}": the FLAC file is truncated or damaged: ${what}; copy or download it again`,
  );
}
