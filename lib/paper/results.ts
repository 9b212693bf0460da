/**
 * The paper's accuracies as data: Table 2 and the ablations of section 4.2 (Mountzouris, Perikos,
 * Hatzilygeroudis, Electronics 2023, 12(20), 4376; section and figure numbers of the preprint).
 * They are in `data/paper/accuracies.json`. @module
 */
import accuracies from "../../data/paper/accuracies.json" with { type: "json" };

/** The six models, by the names that experiments use. */
export type PaperModel = "dbn" | "sdnn" | "lstm" | "lstm-attention" | "cnn" | "cnn-attention";

/** The two corpora of the paper. */
export type PaperCorpus = "ravdess" | "savee";

/** Test utterances: 20 % of 1440 and of 480 (sections 4 and 4.1). */
export const TEST_UTTERANCES: Readonly<Record<PaperCorpus, number>> = { ravdess: 288, savee: 96 };

/** The models' names in Table 2. */
export const PAPER_TITLES: Readonly<Record<PaperModel, string>> = {
  dbn: "DBN",
  sdnn: "DNN",
  lstm: "LSTM",
  "lstm-attention": "LSTM-ATN",
  cnn: "CNN",
  "cnn-attention": "CNN-ATN",
};

/** One accuracy that the paper prints. */
export interface PaperResult {
  model: PaperModel;
  corpus: PaperCorpus;
  /** What is changed in an ablation; undefined in Table 2. */
  change?: "zero padding" | "zero padding and LeakyReLU" | "without dropout";
  /** Accuracy in percent, digit by digit as printed. */
  printed: string;
  /** The whole number of right answers nearest to that. */
  correct: number;
  /** Test utterances. */
  total: number;
  /** True if no whole number of right answers rounds to what is printed. */
  impossible: boolean;
  /** Where it stands. */
  where: string;
  note?: string;
}

/** Table 2, rows in the paper's order, RAVDESS before SAVEE. */
export const TABLE_2: readonly PaperResult[] = accuracies.table2.map(counted);

/** The ablations of section 4.2. */
export const ABLATIONS: readonly PaperResult[] = accuracies.ablations.map(counted);

/**
 * The paper's accuracy of a model.
 * @returns Undefined if the paper has none, as for every corpus but its two.
 * @example Usage
 * ```ts
 * import { paperResult } from "ser/paper/results.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(paperResult("cnn-attention", "ravdess")?.correct, 222);
 * strictEqual(paperResult("cnn-attention", "emodb"), undefined);
 * ```
 */
export function paperResult(
  model: string,
  corpus: string,
  change?: string,
): PaperResult | undefined {
  return [...TABLE_2, ...ABLATIONS].find((row) =>
    row.model === model && row.corpus === corpus && row.change === change
  );
}

/**
 * The whole numbers of right answers that round to a printed percentage.
 * @param printed Percent as printed; its decimals say to what it was rounded.
 * @param total Test utterances.
 * @returns In rising order, none if the number is impossible.
 * @example Usage
 * ```ts
 * import { countsThatRoundTo } from "ser/paper/results.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(countsThatRoundTo("77", 288), [221, 222, 223]);
 * deepStrictEqual(countsThatRoundTo("45.18", 288), []);
 * ```
 */
export function countsThatRoundTo(printed: string, total: number): number[] {
  const decimals = printed.split(".")[1]?.length ?? 0;
  const half = 0.5 * 10 ** -decimals + 1e-9; // 1e-9 for the binary form of decimals
  return Array.from({ length: total + 1 }, (_, k) => k)
    .filter((k) => Math.abs(100 * k / total - Number(printed)) <= half);
}

/** Adds to a printed percentage the counts that it stands for. */
function counted(row: typeof accuracies.table2[number]): PaperResult {
  const stated = row as Omit<PaperResult, "correct" | "total" | "impossible">;
  const { printed } = row, total = TEST_UTTERANCES[stated.corpus];
  const correct = Math.round(Number(printed) / 100 * total);
  return { ...stated, correct, total, impossible: countsThatRoundTo(printed, total).length === 0 };
}
