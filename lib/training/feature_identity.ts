/** Which numbers a run was trained on, so that other features of the same recordings are told apart. @module */
import { sha256 } from "../support/files.ts";

/** The features of a dataset in a few numbers. */
export interface FeatureIdentity {
  /** SHA-256 of the float32 values: equal where they are equal to the last bit. */
  hash: string;
  /**
   * Sums of the values, each with a sign and in one of eight sums by chance, over the Euclidean norm of
   * all: a random projection ("count sketch"). Nearly equal where the values are.
   */
  sums: number[];
}

/** How many sums, a power of two. */
const SUMS = 8;

/**
 * The same MFCCs in C++ and in TypeScript, or for another processor, differ by 1e-6 of their norm; a
 * network answers the same to them. Another setting, a normalisation or an augmentation is at least
 * 1e-4 away.
 */
const TOLERANCE = 1e-5;

/** Describes what a network reads of all utterances, float32, in any shape. */
export async function identifyFeatures(values: Float32Array): Promise<FeatureIdentity> {
  const sums = new Array<number>(SUMS).fill(0);
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i], bits = scrambled(i);
    squares += value * value;
    sums[bits & SUMS - 1] += bits & SUMS ? value : -value;
  }
  const norm = Math.sqrt(squares) || 1;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { hash: await sha256(bytes), sums: sums.map((sum) => Number((sum / norm).toFixed(7))) };
}

/** Whether two features are the same but for rounding. */
export const sameFeatures = (a: FeatureIdentity, b: FeatureIdentity): boolean =>
  a.hash === b.hash || a.sums.every((sum, k) => Math.abs(sum - b.sums[k]) <= TOLERANCE);

/** Bits that follow from a number as if by chance (the finalizer of MurmurHash3). */
function scrambled(number: number): number {
  let bits = Math.imul(number ^ number >>> 16, 0x85ebca6b);
  bits = Math.imul(bits ^ bits >>> 13, 0xc2b2ae35);
  return bits ^ bits >>> 16;
}
