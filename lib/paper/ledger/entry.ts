/** What an entry of the ledger of inconsistencies is made of. @module */

/** How an inconsistency is seen. */
export type Evidence =
  /** By counting: `lib/evaluation/ledger` does it again. */
  | "arithmetic"
  /** By training both readings. */
  | "runs"
  /** By setting two passages of the paper side by side. */
  | "two passages"
  /** The paper does not say. */
  | "silence"
  /** By a source outside of the paper. */
  | "source";

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
