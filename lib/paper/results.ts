/**
 * The paper's accuracies as data: Table 2 and the ablations of section 4.2 (Mountzouris, Perikos,
 * Hatzilygeroudis, Electronics 2023, 12(20), 4376; section and figure numbers of the preprint). @module
 */

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
  /** The model. */
  model: PaperModel;
  /** The corpus. */
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
  /** What a reader should know. */
  note?: string;
}

/** Table 2, rows in the paper's order, RAVDESS before SAVEE. */
export const TABLE_2: readonly PaperResult[] = [
  result("dbn", "ravdess", "32.64"),
  result("dbn", "savee", "47.92"),
  result("sdnn", "ravdess", "45.18", {
    note: "impossible as printed: 130/288 is 45.14 and 131/288 is 45.49",
  }),
  result("sdnn", "savee", "69.79"),
  result("lstm", "ravdess", "70", { note: "201, 202 and 203 of 288 all round to 70" }),
  result("lstm", "savee", "67"),
  result("lstm-attention", "ravdess", "66", {
    note: "189, 190 and 191 of 288 all round to 66; below the LSTM without attention",
  }),
  result("lstm-attention", "savee", "69.79"),
  result("cnn", "ravdess", "70.5"),
  result("cnn", "savee", "55.2"),
  result("cnn-attention", "ravdess", "77", { note: "221, 222 and 223 of 288 all round to 77" }),
  result("cnn-attention", "savee", "74"),
];

/** The ablations of section 4.2. */
export const ABLATIONS: readonly PaperResult[] = [
  result("cnn", "ravdess", "70.5", { change: "zero padding", where: "4.2, figure 18" }),
  result("cnn", "ravdess", "67", {
    change: "zero padding and LeakyReLU",
    where: "4.2, figure 19",
  }),
  result("cnn", "savee", "55.7", {
    change: "zero padding and LeakyReLU",
    where: "4.2, figure 20",
    note: "impossible as printed: 53/96 is 55.21 and 54/96 is 56.25",
  }),
  result("cnn-attention", "ravdess", "65", {
    change: "without dropout",
    where: "4.2, figure 23",
    note: 'said to overfit "to a percentage of 45%"; 100 - 65 is 35',
  }),
  result("cnn-attention", "savee", "47", {
    change: "without dropout",
    where: "4.2, figure 24",
    note: 'said to overfit "to a percentage of 63%"; 100 - 47 is 53',
  }),
];

/**
 * The paper's accuracy of a model.
 * @param model Name of the model.
 * @param corpus Name of the corpus.
 * @param change The ablation, if it is one.
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

function result(
  model: PaperModel,
  corpus: PaperCorpus,
  printed: string,
  more: Pick<PaperResult, "change" | "note"> & { where?: string } = {},
): PaperResult {
  const total = TEST_UTTERANCES[corpus];
  const correct = Math.round(Number(printed) / 100 * total);
  const impossible = countsThatRoundTo(printed, total).length === 0;
  return { model, corpus, printed, correct, total, impossible, where: "Table 2", ...more };
}
