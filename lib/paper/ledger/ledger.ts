/**
 * Everything in the paper that contradicts itself, its data or its sources, or that one has to know
 * and it does not say: quotes from the preprint (202309.1202, version 1), whose text may be reused
 * under CC BY. @module
 */
import { ARCHITECTURE } from "./architecture.ts";
import { CLAIMS } from "./claims.ts";
import type { LedgerEntry, LedgerGroup } from "./entry.ts";
import { NUMBERS } from "./numbers.ts";
import { PRESENTATION } from "./presentation.ts";
import { PROTOCOL } from "./protocol.ts";

/** All 38 entries in five groups. */
export const LEDGER: readonly LedgerGroup[] = [
  { title: "A. Architecture", entries: ARCHITECTURE },
  { title: "B. Numbers", entries: NUMBERS },
  { title: "C. Claims", entries: CLAIMS },
  { title: "D. Tables, figures, references, data", entries: PRESENTATION },
  { title: "E. Protocol", entries: PROTOCOL },
];

/**
 * An entry by its number.
 * @param number From 1 to 38.
 * @throws {RangeError} If there is none.
 * @example Usage
 * ```ts
 * import { ledgerEntry } from "ser/paper/ledger/ledger.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(ledgerEntry(10).quotes[0], "45.18");
 * ```
 */
export function ledgerEntry(number: number): LedgerEntry {
  const all = LEDGER.flatMap(({ entries }) => entries);
  const entry = all.find((each) => each.number === number);
  if (entry) return entry;
  throw new RangeError(
    `Cannot find the entry: expected a number from 1 to ${all.length}, received ${number}`,
  );
}
