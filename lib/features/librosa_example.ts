/** What librosa makes of one recording, to compare with. @module */
import { join } from "@std/path";
import { PROJECT_ROOT } from "../support/files.ts";
import type { Matrix } from "./matrix.ts";

/** A recording and its MFCCs by librosa. */
export interface LibrosaExample {
  /** Name of the recording in EmoDB. */
  id: string;
  /** Its file. */
  path: string;
  /** `librosa.feature.mfcc(y, sr=22050, n_mfcc=40)`, transposed: `[frames, 40]`. */
  mfcc: Matrix;
  /** Releases of librosa and NumPy. */
  versions: Record<string, string>;
}

/**
 * Reads data/reference/, which data/reference/make.py wrote with librosa 0.11.
 * @example Usage
 * ```ts
 * import { librosaExample } from "ser/features/librosa_example.ts";
 * import { strictEqual } from "node:assert/strict";
 * const { mfcc } = await librosaExample();
 * strictEqual(mfcc.columns, 40);
 * ```
 */
export async function librosaExample(): Promise<LibrosaExample> {
  const file = join(PROJECT_ROOT, "data", "reference", "emodb_11a01Nd.librosa.json");
  const { id, mfcc, versions } = JSON.parse(await Deno.readTextFile(file));
  return {
    id,
    path: join(PROJECT_ROOT, "data", "emodb", `${id}.flac`),
    mfcc: { data: Float32Array.from(mfcc.flat()), rows: mfcc.length, columns: mfcc[0].length },
    versions,
  };
}

/**
 * The largest absolute difference of two arrays.
 * @throws {RangeError} If their lengths differ.
 */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new RangeError(`Cannot compare: expected ${b.length} numbers, received ${a.length}`);
  }
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
