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

/** The z below which a standard normal number lies with the given probability, in (0, 1). */
export function normalQuantile(probability: number): number {
  checkShare("give a normal quantile", "probability", probability);
  return ndtri(probability);
}

/** The probability that a standard normal number is at least as far from 0 as z, also infinite. */
export function normalTails(z: number): number {
  checkNumber("give a normal probability", "z", z);
  return 2 * ndtr(-Math.abs(z));
}

/**
 * The t below which a number of Student's distribution lies with the given probability, in (0, 1).
 * @param freedom Degrees of freedom, an integer >= 1.
 */
export function studentQuantile(probability: number, freedom: number): number {
  checkShare("give a quantile of Student's t", "probability", probability);
  checkFreedom("give a quantile of Student's t", freedom);
  return stdtri(freedom, probability);
}

/**
 * The probability that a number of Student's distribution is at least as far from 0 as t, also infinite.
 * @param freedom Degrees of freedom, an integer >= 1.
 */
export function studentTails(t: number, freedom: number): number {
  checkFreedom("give a probability of Student's t", freedom);
  checkNumber("give a probability of Student's t", "t", t);
  return Number.isFinite(t) ? 2 * stdtr(freedom, -Math.abs(t)) : 0;
}

/** The probability of at most k heads, an integer in [-1, n], in n >= 0 throws of a fair coin. */
export function atMostHeads(k: number, n: number): number {
  if (!(Number.isInteger(n) && n >= 0 && Number.isInteger(k) && k >= -1 && k <= n)) {
    throw new RangeError(
      `Cannot count heads: expected integers n >= 0 and k in [-1, n], received n ${n} and k ${k}`,
    );
  }
  return k < 0 ? 0 : bdtr(k, n, 0.5);
}

/** Refuses a share that is not in (0, 1), for example a confidence. */
export function checkShare(action: string, name: string, value: number): void {
  if (value > 0 && value < 1) return;
  throw new RangeError(`Cannot ${action}: expected a ${name} in (0, 1), received ${value}`);
}

function checkNumber(action: string, name: string, value: number): void {
  if (!Number.isNaN(value)) return;
  throw new RangeError(`Cannot ${action}: expected a number ${name}, received NaN`);
}

function checkFreedom(action: string, freedom: number): void {
  if (Number.isInteger(freedom) && freedom >= 1) return;
  throw new RangeError(
    `Cannot ${action}: expected degrees of freedom >= 1, an integer, received ${freedom}`,
  );
}
