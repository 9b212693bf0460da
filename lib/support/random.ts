/**
 * NumPy's legacy random numbers, so that a seed means here what it means in Python: the Mersenne
 * Twister MT19937 (Matsumoto & Nishimura, ACM TOMACS 8(1), 1998) with NumPy's `RandomState`
 * conventions. `permutation` gives what `sklearn.model_selection.train_test_split` shuffles by. @module
 */

const N = 624, M = 397;

/** A seeded generator with the numbers of `numpy.random.RandomState(seed)`. */
export class RandomState {
  readonly #state = new Uint32Array(N);
  #next = N;

  /**
   * @param seed Integer in [0, 2^32).
   * @throws {RangeError} If the seed is not such an integer.
   * @example Usage
   * ```ts
   * import { RandomState } from "ser/support/random.ts";
   * import { deepStrictEqual } from "node:assert/strict";
   * // numpy.random.RandomState(0).permutation(5)
   * deepStrictEqual([...new RandomState(0).permutation(5)], [2, 0, 1, 3, 4]);
   * ```
   */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
      throw new RangeError(`Cannot seed: expected an integer in [0, 2^32), received ${seed}`);
    }
    let s = seed;
    for (let i = 0; i < N; i++) {
      this.#state[i] = s;
      s = (Math.imul(1812433253, s ^ (s >>> 30)) + i + 1) >>> 0;
    }
  }

  /** An integer uniform over [0, 2^32). */
  uint32(): number {
    if (this.#next === N) this.#twist();
    let y = this.#state[this.#next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A number uniform over [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5, low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** An integer uniform over [0, max], drawn by masked rejection. */
  integer(max: number): number {
    if (max === 0) return 0;
    const mask = 2 ** (32 - Math.clz32(max)) - 1;
    for (;;) {
      const value = (this.uint32() & mask) >>> 0;
      if (value <= max) return value;
    }
  }

  /** The numbers 0 .. n - 1 in random order. */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  #twist(): void {
    const s = this.#state;
    for (let i = 0; i < N; i++) {
      const y = (s[i] & 0x80000000) | (s[(i + 1) % N] & 0x7fffffff);
      s[i] = s[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }
}

/**
 * A seed for one purpose, so that the split, each layer's weights, each epoch's order and each
 * dropout mask draw from unrelated streams (FNV-1a over the parts, then a 32-bit finaliser).
 * @param seed The experiment's seed.
 * @param parts What the stream is for, for example `"shuffle", 17`.
 * @returns An integer in [0, 2^31).
 */
export function deriveSeed(seed: number, ...parts: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of [seed, ...parts].join("\u0000")) {
    hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 1;
}
