/** Shares in percent, in the same words everywhere. @module */

/** A share as a number of percent with one decimal: 0.7708 is "77.1". */
export const points = (share: number): string => (100 * share).toFixed(1);

/** A share as a percentage: 0.7708 is "77.1 %". */
export const percent = (share: number): string => `${points(share)} %`;

/** An interval of shares: "70.5 to 77.1 %". */
export const percentRange = ([low, high]: readonly [number, number]): string =>
  `${points(low)} to ${percent(high)}`;

/** A mean share and, where there is one, its standard deviation: "73.8 ± 2.7 %". */
export const percentSpread = (mean: number, deviation?: number): string =>
  deviation === undefined ? percent(mean) : `${points(mean)} ± ${percent(deviation)}`;

/**
 * A probability in whole percent, without a false 0 or 100.
 * @param probability In [0, 1].
 * @example Usage
 * ```ts
 * import { certainty, percentRange } from "ser/support/percent.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(certainty(0.9996), "> 99 %");
 * strictEqual(percentRange([0.705, 0.7708]), "70.5 to 77.1 %");
 * ```
 */
export function certainty(probability: number): string {
  if (probability > 0.995 && probability < 1) return "> 99 %";
  if (probability < 0.005 && probability > 0) return "< 1 %";
  return `${Math.round(100 * probability)} %`;
}
