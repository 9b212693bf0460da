/** The ledger of inconsistencies, counted again: whatever arithmetic can show. @module */
import { ARCHITECTURE_COUNTED } from "./architecture.ts";
import { CLAIMS_COUNTED } from "./claims.ts";
import { NUMBERS_COUNTED } from "./numbers.ts";
import { PRESENTATION_COUNTED } from "./presentation.ts";

/** What one entry comes to when it is counted again. */
export interface Recomputed {
  /** The numbers in words, without a full stop. */
  says: string;
  /** Whether they show what the entry says is wrong. */
  confirmed: boolean;
}

/** Outcomes by the number of the entry; some need a file of the project. */
export type Recomputations = Readonly<Record<number, () => Recomputed | Promise<Recomputed>>>;

/**
 * Counts every entry again that has "arithmetic" among its evidence; needs no audio and no training.
 * @returns The outcomes by the number of the entry.
 * @throws {CorpusError} If the manifest of a corpus is not there or damaged.
 * @example Usage
 * ```ts
 * import { recomputeLedger } from "ser/evaluation/ledger/recompute.ts";
 * import { strictEqual } from "node:assert/strict";
 * const counted = await recomputeLedger();
 * strictEqual(counted.get(10)?.says, "130 of 288 is 45.14, 131 of 288 is 45.49");
 * ```
 */
export async function recomputeLedger(): Promise<Map<number, Recomputed>> {
  const all = {
    ...ARCHITECTURE_COUNTED,
    ...NUMBERS_COUNTED,
    ...CLAIMS_COUNTED,
    ...PRESENTATION_COUNTED,
  };
  const outcomes = Object.entries(all).map(async ([number, count]) =>
    [Number(number), await count()] as const
  );
  return new Map(await Promise.all(outcomes));
}
