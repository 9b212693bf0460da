/** Quantiles of a sample. @module */

/**
 * The value below which a share of the values lies, between two values by linear interpolation (type 7
 * of Hyndman & Fan 1996, NumPy's default).
 * @param values At least one, in any order.
 * @param share In [0, 1].
 * @throws {RangeError} If there is no value or the share is out of range.
 * @example Usage
 * ```ts
 * import { quantile } from "ser/evaluation/quantile.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(quantile([4, 1, 2, 3], 0.5), 2.5);
 * ```
 */
export function quantile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0 || !(share >= 0 && share <= 1)) {
    throw new RangeError(
      `Cannot take the quantile: expected values and a share in [0, 1], received ${values.length} values and ${share}`,
    );
  }
  const sorted = Array.from(values).sort((a, b) => a - b), at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)], above = sorted[Math.ceil(at)];
  return below + (at - Math.floor(at)) * (above - below);
}
