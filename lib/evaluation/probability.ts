/**
 * Probabilities of the normal, Student's and the binomial distribution, from `cephes`: S. L. Moshier's
 * library of special functions in WebAssembly. @module
 */
import { createRequire } from "node:module";
import type * as Cephes from "cephes";

// By require, since the package's ES module brings a Buffer that needs `__proto__`, which Deno lacks.
const { bdtr, ndtr, ndtri, stdtr, stdtri }: typeof Cephes = createRequire(import.meta.url)(
  "cephes",
);

/**
 * The z below which a standard normal number lies with the given probability.
 * @param probability In (0, 1).
 * @throws {RangeError} If it is not.
 * @example Usage
 * ```ts
 * import { normalQuantile } from "ser/evaluation/probability.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(normalQuantile(0.975).toFixed(4), "1.9600");
 * ```
 */
export function normalQuantile(probability: number): number {
  checkShare("give a normal quantile", "probability", probability);
  return ndtri(probability);
}

/**
 * The probability that a standard normal number is at least as far from 0 as z.
 * @param z Any number, infinities included.
 * @throws {RangeError} If z is NaN.
 * @example Usage
 * ```ts
 * import { normalTails } from "ser/evaluation/probability.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(normalTails(1.96).toFixed(3), "0.050");
 * strictEqual(normalTails(0), 1);
 * ```
 */
export function normalTails(z: number): number {
  if (Number.isNaN(z)) {
    throw new RangeError(
      "Cannot give a normal probability: expected a number z, received NaN",
    );
  }
  return 2 * ndtr(-Math.abs(z));
}

/**
 * The t below which a number of Student's distribution lies with the given probability.
 * @param probability In (0, 1).
 * @param freedom Degrees of freedom, an integer >= 1.
 * @throws {RangeError} If an argument is out of range.
 * @example Usage
 * ```ts
 * import { studentQuantile } from "ser/evaluation/probability.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(studentQuantile(0.975, 4).toFixed(3), "2.776"); // tables: 5 runs, 95 %
 * ```
 */
export function studentQuantile(probability: number, freedom: number): number {
  checkShare("give a quantile of Student's t", "probability", probability);
  checkFreedom("give a quantile of Student's t", freedom);
  return stdtri(freedom, probability);
}

/**
 * The probability that a number of Student's distribution is at least as far from 0 as t.
 * @param t Any number, also infinite.
 * @param freedom Degrees of freedom, an integer >= 1.
 * @returns In [0, 1].
 * @throws {RangeError} If an argument is out of range.
 * @example Usage
 * ```ts
 * import { studentTails } from "ser/evaluation/probability.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(studentTails(2.776, 4).toFixed(3), "0.050");
 * strictEqual(studentTails(0, 4), 1);
 * ```
 */
export function studentTails(t: number, freedom: number): number {
  checkFreedom("give a probability of Student's t", freedom);
  if (Number.isNaN(t)) {
    throw new RangeError(
      "Cannot give a probability of Student's t: expected a number t, received NaN",
    );
  }
  return Number.isFinite(t) ? 2 * stdtr(freedom, -Math.abs(t)) : 0;
}

/**
 * The probability of at most k heads in n throws of a fair coin.
 * @param k An integer in [-1, n].
 * @param n An integer >= 0.
 * @returns In [0, 1].
 * @throws {RangeError} If an argument is out of range.
 * @example Usage
 * ```ts
 * import { atMostHeads } from "ser/evaluation/probability.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(atMostHeads(1, 3), 0.5); // 1 + 3 of 8
 * ```
 */
export function atMostHeads(k: number, n: number): number {
  if (!(Number.isInteger(n) && n >= 0 && Number.isInteger(k) && k >= -1 && k <= n)) {
    throw new RangeError(
      `Cannot count heads: expected integers n >= 0 and k in [-1, n], received n ${n} and k ${k}`,
    );
  }
  return k < 0 ? 0 : bdtr(k, n, 0.5);
}

/**
 * Refuses a share that is none, for example a confidence.
 * @param action What cannot be done with it, as in "give an interval".
 * @param name What it is called.
 * @param value The share.
 * @throws {RangeError} If it is not in (0, 1).
 */
export function checkShare(action: string, name: string, value: number): void {
  if (value > 0 && value < 1) return;
  throw new RangeError(`Cannot ${action}: expected a ${name} in (0, 1), received ${value}`);
}

function checkFreedom(action: string, freedom: number): void {
  if (Number.isInteger(freedom) && freedom >= 1) return;
  throw new RangeError(
    `Cannot ${action}: expected degrees of freedom >= 1, an integer, received ${freedom}`,
  );
}
