/** Many comparisons at once (Holm, Scandinavian Journal of Statistics 6, 1979). @module */

/**
 * Adjusts p-values for their number: compared with 0.05, the adjusted ones find one difference too
 * many in at most 5 % of all such families of comparisons, whatever depends on what. The smallest of m
 * is multiplied by m, the next by m - 1, and so on; none gets smaller than the one before it.
 * @param pValues Each in [0, 1], of all comparisons that were made.
 * @returns Adjusted p-values in the same order, in [0, 1].
 * @throws {RangeError} If a p-value is none.
 * @example Usage
 * ```ts
 * import { holm } from "ser/evaluation/holm.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(holm([0.5, 0.125, 0.25]), [0.5, 0.375, 0.5]);
 * ```
 */
export function holm(pValues: readonly number[]): number[] {
  const strange = pValues.find((p) => !(p >= 0 && p <= 1));
  if (strange !== undefined) {
    throw new RangeError(
      `Cannot adjust p-values: expected numbers in [0, 1], received ${strange}`,
    );
  }
  const rising = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  rising.forEach((at, rank) => {
    largest = Math.max(largest, Math.min(1, pValues[at] * (pValues.length - rank)));
    adjusted[at] = largest;
  });
  return adjusted;
}
