/** Checks in a notebook: a fact that a reader can see hold, or a clear stop. @module */

/**
 * Prints the fact if it holds and stops the cell if not.
 * @param holds Whether it holds.
 * @param fact A statement, for example "the attention weights sum to 1".
 * @param otherwise What came instead and what to do, added to the error.
 * @throws {Error} If the fact does not hold.
 * @example Usage
 * ```ts
 * import { check } from "ser/notebook/check.ts";
 * import { throws } from "node:assert/strict";
 * check(75_032 === 69_648 + 256 + 4_096 + 1_032, "the parameters add up");
 * throws(() => check(1 > 2, "1 exceeds 2", "it is 1 less"), /Check failed: 1 exceeds 2: it is 1 less/);
 * ```
 */
export function check(holds: boolean, fact: string, otherwise?: string): void {
  if (!holds) throw new Error(`Check failed: ${fact}${otherwise ? `: ${otherwise}` : ""}`);
  console.log(`✓ ${fact}`);
}
