/** Builds FLAC files for tests, bit by bit, of samples as they are (RFC 9639, section 9.2.4). @module */

/** What the file and its frames say. */
export interface FlacOptions {
  sampleRate?: number;
  channels?: number;
  bits?: number;
  /** Samples of one channel in a frame. */
  block?: number;
  /** Samples of one channel in the file, as STREAMINFO declares them. */
  total?: number;
  /** MD5 sum in STREAMINFO. */
  md5?: Uint8Array;
  /** Codes of rate and bits in the frame headers; 0 points to STREAMINFO. */
  rateCode?: number;
  bitsCode?: number;
  /** Blocks of variable size: frames are numbered by their first sample. */
  variable?: boolean;
  /** What the frames' numbers begin with. */
  firstNumber?: number;
  /** Kind of the subframes; 1 is samples as they are. */
  subframe?: number;
  /** Metadata blocks after STREAMINFO. */
  metadata?: { type: number; content: Uint8Array; length?: number }[];
}

/** Bits written one after the other, the highest first. */
class Bits {
  readonly #bits: number[] = [];

  put(value: number, count: number): this {
    for (let i = count - 1; i >= 0; i--) this.#bits.push(Math.floor(value / 2 ** i) & 1);
    return this;
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.#bits.length / 8));
    this.#bits.forEach((bit, i) => bytes[i >> 3] |= bit << (7 - i % 8));
    return bytes;
  }
}

/** A checksum by division, one bit at a time. */
function remainder(bytes: Uint8Array, polynomial: number, width: number): number {
  let sum = 0;
  for (const byte of bytes) {
    for (let i = 7; i >= 0; i--) {
      const out = (sum >> (width - 1)) & 1;
      sum = (sum << 1) & (2 ** width - 1);
      if (out !== ((byte >> i) & 1)) sum ^= polynomial;
    }
  }
  return sum;
}

/** A file of these integers, `[n]`, of which each frame takes its block for every channel. */
export function flac(samples: readonly number[], options: FlacOptions = {}): Uint8Array {
  const { block = 192, channels = 1, variable = false, firstNumber = 0 } = options;
  const frames: Uint8Array[] = [];
  for (let at = 0; at < samples.length; at += block) {
    const number = firstNumber + (variable ? at : at / block);
    frames.push(frame(samples.slice(at, at + block), number, options));
  }
  const { total = samples.length, metadata = [] } = options;
  const parts = [
    new TextEncoder().encode("fLaC"),
    streamInfo(total, metadata.length === 0, options),
    ...metadata.map(({ type, content, length = content.length }, i) =>
      join(
        new Bits().put(i === metadata.length - 1 ? 1 : 0, 1).put(type, 7).put(length, 24).bytes(),
        content,
      )
    ),
    ...frames,
  ];
  return channels > 0 ? join(...parts) : new Uint8Array();
}

function streamInfo(total: number, last: boolean, options: FlacOptions): Uint8Array {
  const { sampleRate = 16000, channels = 1, bits = 16, block = 192 } = options;
  const head = new Bits().put(last ? 1 : 0, 1).put(0, 7).put(34, 24).put(block, 16).put(block, 16);
  head.put(0, 48).put(sampleRate, 20).put(channels - 1, 3).put(bits - 1, 5).put(total, 36);
  return join(head.bytes(), options.md5 ?? new Uint8Array(16));
}

function frame(samples: readonly number[], number: number, options: FlacOptions): Uint8Array {
  const { channels = 1, bits = 16, rateCode = 0, bitsCode = 0, variable = false, subframe = 1 } =
    options;
  const head = new Bits().put(0x3ffe, 14).put(0, 1).put(variable ? 1 : 0, 1);
  head.put(7, 4).put(rateCode, 4).put(channels - 1, 4).put(bitsCode, 3).put(0, 1);
  for (const byte of new TextEncoder().encode(String.fromCodePoint(number))) head.put(byte, 8);
  head.put(samples.length - 1, 16);
  const header = head.bytes(), body = new Bits();
  body.put(remainder(header, 0x07, 8), 8);
  for (let c = 0; c < channels; c++) {
    body.put(subframe << 1, 8);
    for (const sample of samples) body.put(sample < 0 ? sample + 2 ** bits : sample, bits);
  }
  const content = join(header, body.bytes());
  return join(content, new Bits().put(remainder(content, 0x8005, 16), 16).bytes());
}

function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => Array.from(part)));
}
