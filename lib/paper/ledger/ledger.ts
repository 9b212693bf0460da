/**
 * Everything in the paper that contradicts itself, its data or its sources, or that one has to know
 * and it does not say: quotes from the preprint (202309.1202, version 1), whose text may be reused
 * under CC BY. @module
 */
import { ARCHITECTURE } from "./architecture.ts";
import { CLAIMS } from "./claims.ts";
import type { LedgerGroup } from "./entry.ts";
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
