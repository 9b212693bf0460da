/**
 * Everything in the paper that contradicts itself, its data or its sources, or that one has to know
 * and it does not say: quotes from the preprint (202309.1202, version 1), whose text may be reused
 * under CC BY. The entries are in `data/paper/ledger.json`. @module
 */
import ledger from "../../data/paper/ledger.json" with { type: "json" };

/**
 * How an inconsistency is seen: by counting (`lib/evaluation/ledger` does it again), by training both
 * readings, by setting two passages of the paper side by side, because the paper does not say, or by a
 * source outside of the paper.
 */
export type Evidence = "arithmetic" | "runs" | "two passages" | "silence" | "source";

/** One inconsistency, error or gap. */
export interface LedgerEntry {
  /** From 1, through all groups. */
  number: number;
  /** Section, table or figure of the preprint. */
  section: string;
  /** The paper's words, exactly and as few as will do; none where it is silent. */
  quotes: readonly string[];
  /** What is wrong, in a sentence or two. */
  flaw: string;
  /** How one sees it; the first is the main one. */
  evidence: readonly Evidence[];
  /** What this project does. */
  resolution: string;
  /** What runs with the other reading are called, in the words of `changesOf`. */
  changes?: readonly string[];
}

/** Entries on one subject. */
export interface LedgerGroup {
  /** Letter and subject, for example `A. Architecture`. */
  title: string;
  /** In rising order of their numbers. */
  entries: readonly LedgerEntry[];
}

/** All 38 entries in five groups. */
export const LEDGER = ledger as readonly LedgerGroup[];
