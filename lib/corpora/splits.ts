/**
 * Dividing a corpus into training and test utterances: what a split is, and the paper's. The other
 * protocols are in `protocols/`. @module
 */
import { RandomState } from "../support/random.ts";

/** Indices into the utterances of a corpus. */
export interface Split {
  /** To train on. */
  train: Int32Array;
  /** To look at after each epoch, where the protocol keeps a part for that. */
  validation?: Int32Array;
  /** To test on. */
  test: Int32Array;
}

/** The paper's share of test utterances (4.1). */
export const TEST_SHARE = 0.2;

/**
 * The paper's split: at random over utterances, not stratified, so that speakers and sentences are on
 * both sides. Equals scikit-learn's `train_test_split(arange(n), test_size=0.2, random_state=seed)`.
 * @param n Number of utterances.
 * @param options `seed`: integer in [0, 2^32); the same seed gives the same split.
 * @returns `ceil(0.2 n)` test indices and the others, both in random order.
 * @throws {RangeError} If one side would be empty.
 * @example Usage
 * ```ts
 * import { randomSplit } from "ser/corpora/splits.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const { train, test } = randomSplit(5, { seed: 0 });
 * deepStrictEqual([...test, ...train], [2, 0, 1, 3, 4]);
 * ```
 */
export function randomSplit(n: number, { seed }: { seed: number }): Split {
  const tests = Math.ceil(TEST_SHARE * n);
  if (n < 2) {
    throw new RangeError(`Cannot split: expected utterances on both sides, received ${n}`);
  }
  const order = new RandomState(seed).permutation(n);
  return { train: order.slice(tests), test: order.slice(0, tests) };
}
