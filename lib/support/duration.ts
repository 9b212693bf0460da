/** Times for people. @module */

/**
 * Seconds in words: "42 s", "3 min 5 s", "1 h 20 min".
 * @param seconds `>= 0`.
 * @example Usage
 * ```ts
 * import { duration } from "ser/support/duration.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(duration(4810), "1 h 20 min");
 * ```
 */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
}
