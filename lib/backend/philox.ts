/**
 * Philox 4x32-10, a counter-based random generator (Salmon, Moraes, Dror & Shaw, SC 2011), started as
 * TensorFlow's stateless operations start it: every back end draws the same numbers. @module
 */

/** Four 32-bit words. */
type Words = [number, number, number, number];

/** Upper 32 bits of the product of two unsigned 32-bit integers. */
function highProduct(a: number, b: number): number {
  const aLow = a & 0xffff, aHigh = a >>> 16, bLow = b & 0xffff, bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) >>> 0) + (Math.imul(aLow, bLow) >>> 16);
  const other = (Math.imul(aLow, bHigh) >>> 0) + (middle & 0xffff);
  return Math.imul(aHigh, bHigh) + (middle >>> 16) + (other >>> 16);
}

/** Ten rounds, in place: the four words from `at` on are the counter. */
function scramble(words: Uint32Array, at: number, [k, l]: readonly [number, number]): void {
  let a = words[at], b = words[at + 1], c = words[at + 2], d = words[at + 3];
  for (let round = 0; round < 10; round++) {
    const highA = highProduct(a, 0xD2511F53), highC = highProduct(c, 0xCD9E8D57);
    const lowA = Math.imul(a, 0xD2511F53), lowC = Math.imul(c, 0xCD9E8D57);
    a = highC ^ b ^ k;
    b = lowC;
    c = highA ^ d ^ l;
    d = lowA;
    k = (k + 0x9E3779B9) | 0;
    l = (l + 0xBB67AE85) | 0;
  }
  words[at] = a, words[at + 1] = b, words[at + 2] = c, words[at + 3] = d;
}

/**
 * One call of the generator: ten rounds.
 * @param counter What is scrambled, four 32-bit words.
 * @param key The stream, two 32-bit words.
 * @returns Four unsigned 32-bit words.
 * @example Usage
 * ```ts
 * import { philox } from "ser/backend/philox.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * // of the authors' known answers
 * deepStrictEqual(philox([0, 0, 0, 0], [0, 0]), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
 * ```
 */
export function philox(counter: Readonly<Words>, key: readonly [number, number]): Words {
  const words = Uint32Array.from(counter);
  scramble(words, 0, key);
  return [...words] as Words;
}

/**
 * The words that TensorFlow's `StatelessRandomUniformFullInt` draws.
 * @param count How many.
 * @param seed Integer in [0, 2^31), one per stream.
 * @param counter Integer in [0, 2^31).
 */
export function randomWords(
  count: number,
  seed: number,
  counter: number,
): Uint32Array<ArrayBuffer> {
  // TensorFlow scrambles the seed by the same generator first
  const [k, l, c, d] = philox([seed, 0, counter, 0], [0x3EC8F720, 0x02461E29]);
  const words = new Uint32Array(Math.ceil(count / 4) * 4);
  for (let at = 0; at < words.length; at += 4) {
    words[at] = at / 4, words[at + 2] = c, words[at + 3] = d;
    scramble(words, at, [k, l]);
  }
  return words.subarray(0, count);
}
