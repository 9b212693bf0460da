/** How far a printed percentage is from a share that can be. @module */

/** A printed percentage and the share nearest to it. */
export interface NearestShare {
  /** Right answers, the nearest whole number. */
  correct: number;
  /** Their share of the total, in percent. */
  percent: number;
  /**
   * `percent` less what is printed, in units of the last printed digit: a rounded number is at most
   * one half off, one whose further digits were cut off between 0 and 1.
   */
  off: number;
}

/**
 * The share k / n nearest to a printed percentage.
 * @param printed Percent, digit by digit as printed.
 * @param total Of how many, `>= 1`.
 * @example Usage
 * ```ts
 * import { nearestShare } from "ser/paper/rounding.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(nearestShare("66.7", 12).off.toFixed(2), "-0.33"); // 8 of 12, well rounded
 * strictEqual(nearestShare("91.6", 12).off.toFixed(2), "0.67"); // 11 of 12, cut off
 * ```
 */
export function nearestShare(printed: string, total: number): NearestShare {
  const correct = Math.round(Number(printed) / 100 * total), percent = 100 * correct / total;
  const decimals = printed.split(".")[1]?.length ?? 0;
  return { correct, percent, off: (percent - Number(printed)) * 10 ** decimals };
}
