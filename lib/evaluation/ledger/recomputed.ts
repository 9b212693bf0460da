/** What entries of the ledger come to when they are counted again. @module */

/** The outcome for one entry. */
export interface Recomputed {
  /** The numbers in words, without a full stop. */
  says: string;
  /** Whether they show what the entry says is wrong. */
  confirmed: boolean;
}

/** Outcomes by the number of the entry; some need a file of the project. */
export type Recomputations = Readonly<Record<number, () => Recomputed | Promise<Recomputed>>>;
