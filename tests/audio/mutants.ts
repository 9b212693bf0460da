/** Damaged copies of files, by seed. @module */
import { RandomState } from "ser/support/random.ts";

/** Changes a copy of some bytes, or gives other ones. */
type Mutation = (bytes: Uint8Array, random: RandomState) => Uint8Array;

/** An integer from 0 to `count - 1`. */
const below = (random: RandomState, count: number): number => random.integer(count - 1);

/** Where the fields of a header are. */
const HEADER = 64;
/** Numbers that programs stumble over. */
const EXTREMES = [
  0,
  1,
  0x7f,
  0x80,
  0xff,
  0x7fff,
  0x8000,
  0xffff,
  0x7fffffff,
  0x80000000,
  0xffffffff,
];

const flip = (bytes: Uint8Array, random: RandomState, within: number): Uint8Array => {
  const copy = bytes.slice();
  for (let i = 0; i <= below(random, 3); i++) copy[below(random, within)] ^= 1 << below(random, 8);
  return copy;
};

/** A stretch of the file: most are short. */
const stretch = ({ length }: Uint8Array, random: RandomState): [from: number, to: number] => {
  const from = below(random, length), most = below(random, 4) ? 16 : length;
  return [from, Math.min(length, from + 1 + below(random, most))];
};

const MUTATIONS: Record<string, Mutation> = {
  "bits flipped": (bytes, random) => flip(bytes, random, bytes.length),
  "bits of the header flipped": (bytes, random) =>
    flip(bytes, random, Math.min(HEADER, bytes.length)),
  "cut off": (bytes, random) => bytes.slice(0, below(random, bytes.length)),
  "a part cut out": (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  "something put in": (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    const noise = Uint8Array.from({ length: to - from }, () => below(random, 256));
    return joined(bytes.subarray(0, from), noise, bytes.subarray(from));
  },
  "a part twice": (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  "a number of the header changed": (bytes, random) => {
    const copy = bytes.slice(), at = below(random, HEADER), width = [1, 2, 4][below(random, 3)];
    let value = EXTREMES[below(random, EXTREMES.length)];
    for (let i = 0; i < width && at + i < copy.length; i++, value = Math.floor(value / 256)) {
      copy[at + i] = value & 255;
    }
    return copy;
  },
};

function joined(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * A damaged copy.
 * @param bytes The file, at least one byte.
 * @param seed Decides what happens to it.
 * @returns The copy, and what was done: one mutation, in a quarter of all cases two.
 */
export function mutant(bytes: Uint8Array, seed: number): { bytes: Uint8Array; what: string } {
  const random = new RandomState(seed), names = Object.keys(MUTATIONS), done: string[] = [];
  let changed = bytes;
  for (let times = below(random, 4) ? 1 : 2; times > 0 && changed.length > 0; times--) {
    const name = names[below(random, names.length)];
    changed = MUTATIONS[name](changed, random);
    done.push(name);
  }
  return { bytes: changed, what: done.join(", ") };
}
