/**
 * The lengths of the sequences in section 3.5 and what kernels they come from: a convolution of
 * stride 1 without padding shortens a sequence by its kernel size less one. @module
 */

/** Frames of a RAVDESS utterance, then positions of each convolution, as printed (3.5). */
export const PRINTED_LENGTHS: readonly number[] = [228, 220, 214, 210, 206, 204];

/**
 * Lengths of a sequence through convolutions of stride 1 without padding.
 * @param frames Of the input.
 * @param kernelSizes First layer first.
 * @returns The input's length, then one for each layer.
 * @throws {RangeError} If a sequence becomes shorter than a kernel.
 * @example Usage
 * ```ts
 * import { lengthsAfter } from "ser/paper/shapes.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(lengthsAfter(10, [3, 5]), [10, 8, 4]);
 * ```
 */
export function lengthsAfter(frames: number, kernelSizes: readonly number[]): number[] {
  const lengths = [frames];
  for (const kernelSize of kernelSizes) {
    const length = lengths.at(-1)! - kernelSize + 1;
    if (length < 1) {
      throw new RangeError(
        `Cannot convolve: expected at least ${kernelSize} positions, received ${lengths.at(-1)}`,
      );
    }
    lengths.push(length);
  }
  return lengths;
}

/**
 * The kernel sizes that give these lengths.
 * @param lengths The input's, then one for each layer.
 * @example Usage
 * ```ts
 * import { kernelsBetween, PRINTED_LENGTHS } from "ser/paper/shapes.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(kernelsBetween(PRINTED_LENGTHS), [9, 7, 5, 5, 3]);
 * ```
 */
export const kernelsBetween = (lengths: readonly number[]): number[] =>
  lengths.slice(1).map((length, i) => lengths[i] - length + 1);
