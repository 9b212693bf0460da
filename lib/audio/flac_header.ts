/** What a FLAC file says of itself before its samples (RFC 9639, sections 6 to 8). @module */
import { checkFormat, damaged } from "./audio.ts";
import { convertCommand, id3Length } from "./formats.ts";

/** Bits of a sample that the decoder gives exactly; other depths are rare. */
const DEPTHS = [8, 16, 24];

/** Whether a metadata block of a type is well formed; of other types there is nothing to know here. */
const WELL_FORMED: Record<number, (block: Uint8Array) => boolean> = {
  2: ({ length }) => length >= 4, // of an application, with its name
  3: ({ length }) => length % 18 === 0, // seek points
  4: isVorbisComment,
  127: () => false,
};

/** The block STREAMINFO that begins every FLAC file (RFC 9639, section 8.2). */
export interface StreamInfo {
  sampleRate: number;
  channels: number;
  bitsPerSample: number;
  /** Samples of one channel; 0 if the encoder did not know. */
  samples: number;
  /** MD5 sum of the samples in hexadecimal; all zero if the encoder did not say. */
  md5: string;
  /** Samples of one channel in the smallest and the largest frame, the last one apart. */
  block: { least: number; most: number };
}

/** Whether the bytes begin as a FLAC file, or one stands behind an ID3 tag. */
export function isFlac(bytes: Uint8Array): boolean {
  const at = id3Length(bytes);
  return bytes.length >= at + 4 && String.fromCharCode(...bytes.subarray(at, at + 4)) === "fLaC";
}

/** Reads what a file says of itself; the errors are those of `decodeAudio`. */
export function readStreamInfo(bytes: Uint8Array, name: string): StreamInfo {
  const start = id3Length(bytes), there = bytes.length - start;
  if (there < 42) throw damagedFlac(name, `its header takes 42 bytes, but ${there} are there`);
  const head = bytes.subarray(start, start + 42);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if ((view.getUint32(4) & 0x7fffffff) !== 34) {
    throw damagedFlac(name, "expected STREAMINFO of 34 bytes first, received another");
  }
  // from bit 0 of byte 18: 20 bits rate, 3 bits channels - 1, 5 bits depth - 1, 36 bits samples
  const packed = view.getUint32(18);
  const info = {
    sampleRate: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    bitsPerSample: ((packed >>> 4) & 31) + 1,
    samples: (packed & 15) * 2 ** 32 + view.getUint32(22),
    md5: Array.from(head.subarray(26), (byte) => byte.toString(16).padStart(2, "0")).join(""),
    block: { least: view.getUint16(8), most: view.getUint16(10) },
  };
  checkFormat(name, info.channels, info.sampleRate);
  if (!DEPTHS.includes(info.bitsPerSample)) {
    throw new TypeError(
      `Cannot decode "${name}": expected FLAC of 8, 16 or 24 bits, received ${info.bitsPerSample}; convert it: ${
        convertCommand(name)
      }`,
    );
  }
  return info;
}

/** Where the metadata blocks end: each has a flag "last", 7 bits of type and 24 bits of length. */
export function firstFrame(bytes: Uint8Array, name: string): number {
  let at = id3Length(bytes) + 4, last = false;
  for (let i = 0; !last; i++) {
    if (at + 4 > bytes.length) throw damagedFlac(name, "it ends within its metadata");
    const type = bytes[at] & 127;
    const length = bytes[at + 1] * 2 ** 16 + bytes[at + 2] * 2 ** 8 + bytes[at + 3];
    const block = bytes.subarray(at + 4, at + 4 + length);
    const isFirst = type === 0; // only STREAMINFO is of this type
    if (block.length < length || isFirst !== (i === 0) || WELL_FORMED[type]?.(block) === false) {
      throw damagedFlac(name, `metadata block ${i}, of type ${type} and ${length} bytes`);
    }
    last = bytes[at] >= 128;
    at += 4 + length;
  }
  return at;
}

/** Whether all texts of a block of tags end within it: who wrote it, how many there are, and each. */
function isVorbisComment(block: Uint8Array): boolean {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const numberAt = (at: number) => at + 4 <= block.length ? view.getUint32(at, true) : Infinity;
  let at = 4 + numberAt(0);
  let left = numberAt(at);
  at += 4;
  for (; left > 0 && at <= block.length; left--) at += 4 + numberAt(at);
  return at <= block.length;
}

/** The error of a FLAC file that is not whole. */
export const damagedFlac = (name: string, what: string): SyntaxError =>
  damaged(name, `the FLAC file is truncated or damaged: ${what}`);
