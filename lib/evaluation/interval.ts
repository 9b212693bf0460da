/** How far an accuracy on few utterances can be trusted. @module */
import { normalQuantile } from "./probability.ts";

/**
 * Wilson's score interval for a share (Wilson 1927; Newcombe 1998, method 3): the true shares for
 * which k of n would not be surprising. It takes the utterances for independent; those of one
 * speaker are not, so the truth is wider.
 * @param k Successes, an integer in [0, n].
 * @param n Trials, an integer >= 1.
 * @param confidence In (0, 1). @default {0.95}
 * @returns Lower and upper end, in [0, 1].
 * @throws {RangeError} If an argument is out of range.
 * @example Usage
 * ```ts
 * import { wilsonInterval } from "ser/evaluation/interval.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const [low, high] = wilsonInterval(81, 263); // Newcombe 1998, table I
 * deepStrictEqual([low.toFixed(4), high.toFixed(4)], ["0.2553", "0.3662"]);
 * ```
 */
export function wilsonInterval(k: number, n: number, confidence = 0.95): [number, number] {
  const counts = Number.isInteger(n) && n >= 1 && Number.isInteger(k) && k >= 0 && k <= n;
  if (!counts || !(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `Cannot give an interval: expected integers 0 <= k <= n >= 1 and a confidence in (0, 1), received ${k}, ${n}, ${confidence}`,
    );
  }
  const z = normalQuantile(0.5 + confidence / 2);
  const share = k / n, spread = z * z / n;
  const centre = (share + spread / 2) / (1 + spread);
  const half = z * Math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread);
  return [k === 0 ? 0 : centre - half, k === n ? 1 : centre + half];
}
