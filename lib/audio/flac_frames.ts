/**
 * The frames of a FLAC file (RFC 9639, section 9): where each begins and ends, told by its checksums, and
 * that their headers agree with STREAMINFO and with each other. @module
 */
import { damagedFlac, firstFrame, type StreamInfo } from "./flac_header.ts";

/** Sampling rates by their code in a frame's header; 0 points to STREAMINFO, 12 to 14 to its end. */
const RATES = [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
/** Bits of a sample by their code; 0 points to STREAMINFO, NaN is reserved. */
const DEPTHS = [0, 8, 12, NaN, 16, 20, 24, 32];
/** A rate that every decoder knows, in place of a pointer to STREAMINFO: samples do not depend on it. */
const SOME_RATE = 9;

const CRC8 = crcTable(0x07, 8), CRC16 = crcTable(0x8005, 16);

const nextCrc16 = (sum: number, byte: number): number =>
  ((sum << 8) & 0xffff) ^ CRC16[(sum >> 8) ^ byte];

/** Remainders of all bytes by a polynomial of 8 or 16 bits. */
function crcTable(polynomial: number, bits: 8 | 16): Uint16Array {
  const top = 1 << (bits - 1), mask = 2 ** bits - 1;
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let sum = byte << (bits - 8);
    for (let i = 0; i < 8; i++) sum = ((sum << 1) ^ (sum & top ? polynomial : 0)) & mask;
    return sum;
  });
}

/** The header of a frame. */
interface Header {
  /** Bytes of it, its checksum included. */
  length: number;
  /** Whether the frames are numbered by their first sample, as blocks of any size are. */
  variable: boolean;
  /** Number of the frame, or of its first sample. */
  number: number;
  /** Samples of one channel. */
  block: number;
  /** Whether rate or depth stands in STREAMINFO only. */
  incomplete: boolean;
}

/**
 * Cuts a file into frames and checks them: checksums, rate, channels and bits against STREAMINFO, sizes
 * and numbers against each other, the number of samples.
 * @returns Frames that a decoder can read without STREAMINFO.
 * @throws {SyntaxError} If the file is truncated or damaged.
 */
export function splitFrames(bytes: Uint8Array, info: StreamInfo, name: string): Uint8Array[] {
  const frames: Uint8Array[] = [];
  let at = firstFrame(bytes, name), samples = 0;
  let before: Header | undefined;
  while (at < bytes.length) {
    const header = readHeader(bytes, at, info), which = `frame ${frames.length + 1}`;
    if (!header) {
      throw damagedFlac(
        name,
        `expected ${which} of ${info.sampleRate} Hz and ${info.bitsPerSample} bits, as the file's header says, at byte ${at}, received something else`,
      );
    }
    const end = frameEnd(bytes, at, header, info);
    if (end === undefined) {
      const declared = info.samples ? ` of ${info.samples} samples` : "";
      throw damagedFlac(name, `${which} is not whole, after ${samples}${declared}`);
    }
    const wrong = contradiction(header, info, before);
    if (wrong) throw damagedFlac(name, `${which}: ${wrong}`);
    const frame = bytes.subarray(at, end);
    frames.push(header.incomplete ? complete(frame, header, info) : frame);
    samples += header.block;
    before = header;
    at = end;
  }
  if (info.samples > 0 && samples !== info.samples) {
    const declared = `its header declares ${info.samples} samples`;
    throw damagedFlac(name, `${declared}, but its frames have ${samples}`);
  }
  return frames;
}

/** What is wrong with a frame beside STREAMINFO and the frame before it. */
function contradiction(header: Header, info: StreamInfo, before?: Header): string | undefined {
  const { variable, number, block } = header, { least, most } = info.block;
  if (most > 0 && block > most) return `expected at most ${most} samples, received ${block}`;
  if (!before) return undefined;
  if (variable !== before.variable) return "expected blocks of one kind, received two";
  const expected = before.number + (variable ? before.block : 1);
  if (number !== expected) return `expected number ${expected}, received ${number}`;
  const fixed = least === most ? most : before.block;
  if (variable || (before.block === fixed && block <= before.block)) return undefined;
  return `expected blocks of ${fixed} samples, received ${before.block} and ${block}`;
}

/** The header at a byte; undefined if there is none that agrees with STREAMINFO. */
function readHeader(bytes: Uint8Array, start: number, info: StreamInfo): Header | undefined {
  const [first, second, codes, more] = bytes.subarray(start, start + 4);
  if (first !== 0xff || (second & 0xfe) !== 0xf8 || !(more >= 0) || (more & 1)) return undefined;
  const blockCode = codes >> 4, rateCode = codes & 15, depthCode = (more >> 1) & 7;
  const coded = readNumber(bytes, start + 4);
  if (!coded) return undefined;
  let at = coded.end;
  const take = (count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 256 + bytes[at++]; // NaN beyond the end
    return value;
  };
  const follows = blockCode === 6 || blockCode === 7; // in one byte or two
  const block = follows ? take(blockCode - 5) + 1 : blockSize(blockCode);
  const rate = RATES[rateCode] ?? take(rateCode === 12 ? 1 : 2) * [1000, 1, 10][rateCode - 12];
  const agrees = block > 0 && rateCode < 15 && (rateCode === 0 || rate === info.sampleRate) &&
    (depthCode === 0 || DEPTHS[depthCode] === info.bitsPerSample) &&
    channelCount(more >> 4) === info.channels;
  let sum = 0;
  for (let i = start; i <= at; i++) sum = CRC8[sum ^ bytes[i]]; // undefined beyond the end
  if (!agrees || sum !== 0) return undefined;
  return {
    length: at + 1 - start,
    variable: (second & 1) === 1,
    number: coded.number,
    block,
    incomplete: rateCode === 0 || depthCode === 0,
  };
}

/** Samples of a frame by the codes that need no further byte; 0 is reserved. */
const blockSize = (code: number): number =>
  code === 0 ? 0 : code === 1 ? 192 : code <= 5 ? 144 << code : 1 << code;

/** Two channels may be stored as one and their difference, in three ways; 11 and more are reserved. */
const channelCount = (code: number): number => code < 8 ? code + 1 : code <= 10 ? 2 : NaN;

/** A number of up to 36 bits in the manner of UTF-8. */
function readNumber(bytes: Uint8Array, at: number): { number: number; end: number } | undefined {
  const first = bytes[at], more = first < 0x80 ? 0 : Math.clz32(~(first << 24)) - 1;
  if (!(first >= 0) || (first >= 0x80 && more < 1) || first === 0xff) return undefined;
  let number = more === 0 ? first : first & (0x3f >> more);
  for (let i = 1; i <= more; i++) {
    if ((bytes[at + i] & 0xc0) !== 0x80) return undefined;
    number = number * 64 + (bytes[at + i] & 0x3f);
  }
  return { number, end: at + 1 + more };
}

/** The end of a frame: its checksum is right there, and the next frame or the file's end follows. */
function frameEnd(
  bytes: Uint8Array,
  start: number,
  { length }: Header,
  info: StreamInfo,
): number | undefined {
  let sum = 0;
  for (let at = start; at < bytes.length;) {
    sum = nextCrc16(sum, bytes[at++]);
    if (sum !== 0 || at < start + length + 3) continue;
    if (at === bytes.length || readHeader(bytes, at, info)) return at;
  }
  return undefined;
}

/** The frame with rate and depth in its own header, and its checksums anew. */
function complete(frame: Uint8Array, { length }: Header, info: StreamInfo): Uint8Array {
  const changed = frame.slice();
  if ((changed[2] & 15) === 0) changed[2] |= SOME_RATE;
  changed[3] |= DEPTHS.indexOf(info.bitsPerSample) << 1;
  changed[length - 1] = changed.subarray(0, length - 1).reduce((sum, byte) => CRC8[sum ^ byte], 0);
  const sum = changed.subarray(0, -2).reduce(nextCrc16, 0);
  changed.set([sum >> 8, sum & 255], changed.length - 2);
  return changed;
}
