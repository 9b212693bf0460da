/** How large a difference is, in numbers and in words. @module */
import { wilsonInterval } from "./interval.ts";

/** Right answers of a model. */
export interface RightAnswers {
  /** How many are right, an integer in [0, total]. */
  correct: number;
  /** Test utterances, an integer >= 1. */
  total: number;
}

/** How much better the first of two is. */
export interface Effect {
  /** Difference of the accuracies in percentage points, in [-100, 100]. */
  points: number;
  /** Its interval, in points. */
  interval: [number, number];
  /** Cohen's h, in [-pi, pi]. */
  h: number;
}

/**
 * Cohen's h, the difference of two shares on a scale on which a point counts more near 0 and 100 %
 * than near 50 % (Cohen, Statistical Power Analysis, 1988, chapter 6).
 * @param first A share in [0, 1], as the second.
 * @returns 2 asin sqrt(first) - 2 asin sqrt(second), in [-pi, pi].
 * @throws {RangeError} If a share is out of range.
 */
export function cohensH(first: number, second: number): number {
  if (![first, second].every((share) => share >= 0 && share <= 1)) {
    throw new RangeError(
      `Cannot give Cohen's h: expected shares in [0, 1], received ${first} and ${second}`,
    );
  }
  return 2 * Math.asin(Math.sqrt(first)) - 2 * Math.asin(Math.sqrt(second));
}

/**
 * Compares right answers on different test sets, for example the paper's with ours. Interval by
 * Newcombe's square-and-add method (Statistics in Medicine 17:873, 1998, method 10).
 * @param confidence In (0, 1). @default {0.95}
 * @throws {RangeError} If an argument is out of range.
 * @example Usage
 * ```ts
 * import { independentEffect } from "ser/evaluation/effect_size.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert/strict";
 * const first = { correct: 56, total: 70 }, second = { correct: 48, total: 80 };
 * const { points, interval } = independentEffect(first, second); // Newcombe's example (a)
 * strictEqual(points.toFixed(6), "20.000000");
 * deepStrictEqual(interval.map((end) => end.toFixed(2)), ["5.24", "33.39"]);
 * ```
 */
export function independentEffect(
  first: RightAnswers,
  second: RightAnswers,
  confidence = 0.95,
): Effect {
  const p = first.correct / first.total, q = second.correct / second.total;
  const [pLow, pHigh] = wilsonInterval(first.correct, first.total, confidence);
  const [qLow, qHigh] = wilsonInterval(second.correct, second.total, confidence);
  return {
    points: 100 * (p - q),
    interval: [
      100 * (p - q - Math.hypot(p - pLow, qHigh - q)),
      100 * (p - q + Math.hypot(pHigh - p, q - qLow)),
    ],
    h: cohensH(p, q),
  };
}

/** Cohen's words and the least |h| of each; below 0.2 he has none. */
const SIZES = [[0.8, "large"], [0.5, "medium"], [0.2, "small"], [0, "very small"]] as const;

/**
 * A difference as a sentence. Size by Cohen's h; whether it is certain by whether the interval leaves
 * out 0.
 * @returns Without a full stop.
 * @example Usage
 * ```ts
 * import { inWords } from "ser/evaluation/effect_size.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(
 *   inWords("CNN-ATN", "LSTM", { points: 6.94, interval: [-0.29, 14.1], h: 0.158 }),
 *   "CNN-ATN is 6.9 points better than LSTM (95 % interval -0.3 to 14.1), a very small difference " +
 *     "(h 0.16) that may be chance",
 * );
 * ```
 */
export function inWords(first: string, second: string, effect: Effect): string {
  const { points, interval: [low, high], h } = effect;
  const range = `95 % interval ${low.toFixed(1)} to ${high.toFixed(1)}`;
  const amount = Math.abs(points).toFixed(1);
  if (Number(amount) === 0) return `${first} and ${second} are equally good (${range})`;
  const size = SIZES.find(([least]) => Math.abs(h) >= least)![1];
  return `${first} is ${amount} points ${points > 0 ? "better" : "worse"} than ${second} ` +
    `(${range}), a ${size} difference (h ${Math.abs(h).toFixed(2)})` +
    (low <= 0 && high >= 0 ? " that may be chance" : "");
}
