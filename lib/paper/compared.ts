/**
 * Tables 3 and 4: works that the paper compares itself with, by their accuracies alone. Authors are
 * spelled as on their papers. @module
 */
import { type PaperCorpus, type PaperResult, TABLE_2 } from "./results.ts";

/** A row of Table 3 or 4. */
export interface ComparedWork {
  /** The corpus: SAVEE in Table 3, RAVDESS in Table 4. */
  corpus: PaperCorpus;
  /** Authors and number in the paper's list of references. */
  work: string;
  /** The kind of model. */
  model: string;
  /** What goes in. */
  features: string;
  /** Accuracies in percent as printed; two where the row has two. */
  printed: readonly string[];
  /** What is known of how the number came about; undefined if it was not checked. */
  known?: string;
}

/** Both tables without the paper's own row, in its order. */
export const COMPARED_WORKS: readonly ComparedWork[] = [
  {
    corpus: "savee",
    work: "Sivanagaraja et al. [28]",
    model: "multi-scale CNN",
    features: "raw waveform",
    printed: ["50.28"],
  },
  {
    corpus: "savee",
    work: "Latif et al. [29]",
    model: "DBN",
    features: "eGeMAPS",
    printed: ["56.76"],
  },
  {
    corpus: "savee",
    work: "Fayek, Lech & Cavedon [30]",
    model: "DNN",
    features: "spectrogram",
    printed: ["59.7"],
  },
  {
    corpus: "savee",
    work: "Chenchah & Lachiri [31]",
    model: "HMM",
    features: "LFCCs / MFCCs",
    printed: ["45", "61.25"],
    known: "one number for each kind of features",
  },
  {
    corpus: "ravdess",
    work: "Rajak & Mall [32]",
    model: "CNN",
    features: "12 MFCCs",
    printed: ["47.92"],
  },
  {
    corpus: "ravdess",
    work: "Jalal et al. [7]",
    model: "BLSTM, CNN, capsules",
    features: "F0, MFCCs, log spectrogram",
    printed: ["56.2"],
  },
  {
    corpus: "ravdess",
    work: "Venkataramanan & Rajamohan [33]",
    model: "2D CNN",
    features: "log-mel spectrogram",
    printed: ["69.79"],
    known: "its abstract (arXiv 1912.10458) reports 68 %, for 14 classes",
  },
  {
    corpus: "ravdess",
    work: "Mohanty et al. [34]",
    model: "CNN",
    features: "MFCCs",
    printed: ["67"],
  },
  {
    corpus: "ravdess",
    work: "Huang & Bao [35]",
    model: "2D CNN",
    features: "13 MFCCs",
    printed: ["69.79"],
  },
  {
    corpus: "ravdess",
    work: "Mustaqeem & Kwon [8]",
    model: "deep stride CNN",
    features: "raw / clean spectrogram",
    printed: ["68", "80"],
    known: "one number for each kind of input",
  },
  {
    corpus: "ravdess",
    work: "Issa, Demirci & Yazici [22]",
    model: "1D CNN",
    features: "MFCCs, chromagram, mel spectrogram",
    printed: ["71.61"],
    known: "8 classes",
  },
];

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
