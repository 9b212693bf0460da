/**
 * Tables 3 and 4: works that the paper compares itself with, by their accuracies alone. Authors are
 * spelled as on their papers; the rows are in `data/paper/compared_works.json`. @module
 */
import comparedWorks from "../../data/paper/compared_works.json" with { type: "json" };
import { type PaperCorpus, type PaperResult, TABLE_2 } from "./results.ts";

/** A row of Table 3 or 4. */
export interface ComparedWork {
  /** The corpus: SAVEE in Table 3, RAVDESS in Table 4. */
  corpus: PaperCorpus;
  /** Authors and number in the paper's list of references. */
  work: string;
  model: string;
  features: string;
  /** Accuracies in percent as printed; two where the row has two. */
  printed: readonly string[];
  /** What is known of how the number came about; undefined if it was not checked. */
  known?: string;
}

/** Both tables without the paper's own row, in its order. */
export const COMPARED_WORKS = comparedWorks as readonly ComparedWork[];

/**
 * The numbers of Table 2 for SAVEE that equal a compared work's number digit by digit. Equal numbers on
 * another corpus, from other authors, suggest a slip of copying.
 * @param work A row of Table 3 or 4.
 * @returns In the paper's order.
 * @example Usage
 * ```ts
 * import { COMPARED_WORKS, sameInTable2 } from "ser/paper/compared.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const rajak = COMPARED_WORKS.find(({ work }) => work.startsWith("Rajak"))!;
 * deepStrictEqual(sameInTable2(rajak).map(({ model }) => model), ["dbn"]);
 * ```
 */
export const sameInTable2 = ({ corpus, printed }: ComparedWork): PaperResult[] =>
  corpus === "savee"
    ? []
    : TABLE_2.filter((row) => row.corpus === "savee" && printed.includes(row.printed));
