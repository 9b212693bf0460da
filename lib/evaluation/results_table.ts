/** Our results beside the paper's, for `deno task paper`, the notebooks and the README. @module */
import { splitInWords } from "../corpora/protocols/protocol.ts";
import { type PaperResult, paperResult } from "../paper/results.ts";
import type { Experiment } from "../training/experiment.ts";
import { completeOptions, MODELS } from "../models/catalogue.ts";
import type { RunResult } from "../training/stored_run.ts";
import { wilsonInterval } from "./interval.ts";
import { correctCount, majorityBaseline, unweightedAverageRecall } from "./metrics.ts";
import { confusionOf } from "./run_confusion.ts";
import { points } from "../support/percent.ts";

/** One run beside the paper's number for it. */
export interface ResultRow {
  corpus: string;
  /** The model's name in the paper. */
  model: string;
  /** What differs from the paper's model, for example `dropoutLayers 0`; empty if nothing does. */
  change: string;
  /** The paper's accuracy, undefined where it has none. */
  paper?: Pick<PaperResult, "printed" | "correct" | "total" | "impossible">;
  /** Right answers after the last epoch. */
  correct: number;
  /** Test utterances. */
  total: number;
  /** Wilson's 95 % interval of our accuracy, in [0, 1]. */
  interval: [number, number];
  /** Unweighted average recall, in [0, 1]. */
  uar: number;
  /** Accuracy of always answering with the training set's most frequent emotion, in [0, 1]. */
  baseline: number;
  protocol: string;
  seed: number;
  epochs: number;
}

/**
 * Puts a run beside the paper's number for the same model, corpus, ablation and way to split. The accuracy is the
 * last epoch's, not the best one's, since the test set may not choose the epoch.
 */
export function compareWithPaper(run: Omit<RunResult, "weights">): ResultRow {
  const { experiment, predictions, data } = run;
  const labels = predictions.map(({ label }) => label);
  const confusion = confusionOf(run);
  const correct = correctCount(confusion), total = labels.length;
  return {
    corpus: data.corpus,
    model: MODELS[experiment.model].title,
    change: changesOf(run),
    paper: paperOf(experiment),
    correct,
    total,
    interval: wilsonInterval(correct, total),
    uar: unweightedAverageRecall(confusion),
    baseline: majorityBaseline(data.trainCounts, labels).accuracy,
    protocol: splitInWords(experiment),
    seed: experiment.seed,
    epochs: experiment.epochs,
  };
}

/** Changed options that are an ablation of the paper, in the words of `lib/paper`. */
const ABLATIONS: Readonly<Record<string, string>> = {
  "dropoutLayers 0": "without dropout",
  "padding same": "zero padding",
  "padding same, activation leaky-relu": "zero padding and LeakyReLU",
};

/**
 * The paper's result for an experiment; none for another split, or a change that the paper does not
 * have.
 */
export function paperResultOf(experiment: Experiment): PaperResult | undefined {
  if (experiment.split !== "random") return undefined;
  const change = changesOf({ experiment });
  if (change !== "" && !(change in ABLATIONS)) return undefined;
  const { model, corpus } = experiment;
  return paperResult(model, corpus, change === "" ? undefined : ABLATIONS[change]);
}

/** A model with its change in the paper's words, for example `CNN-ATN, without dropout`. */
export function modelInWords(experiment: Experiment): string {
  const change = changesOf({ experiment }), { title } = MODELS[experiment.model];
  return change === "" ? title : `${title}, ${ABLATIONS[change] ?? change}`;
}

function paperOf(experiment: Experiment): ResultRow["paper"] {
  const found = paperResultOf(experiment);
  if (!found) return undefined;
  const { printed, correct, total, impossible } = found;
  return { printed, correct, total, impossible };
}

/** What differs from the paper's model, for example `dropoutLayers 0`; empty if nothing does. */
export function changesOf({ experiment }: Pick<RunResult, "experiment">): string {
  const usual = completeOptions(experiment.model, {});
  const options = Object.entries(experiment.modelOptions)
    .filter(([name, value]) => value !== usual[name])
    .map(([name, value]) => `${name} ${value}`);
  const after = experiment.padding === "after" && MODELS[experiment.model].input === "frames";
  return [...options, ...(after ? ["zeros after the speech"] : [])].join(", ");
}

/**
 * A table of runs in aligned columns, one line each.
 * @param rows In the order to print.
 * @returns Lines without a trailing newline.
 * @example Usage
 * ```ts
 * import { resultsTable } from "ser/evaluation/results_table.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const row = {
 *   corpus: "ravdess", model: "CNN-ATN", change: "", correct: 204, total: 288, uar: 0.7,
 *   interval: [0.6532, 0.7578] as [number, number], baseline: 0.1, protocol: "random", seed: 0,
 *   epochs: 250, paper: { printed: "77", correct: 222, total: 288, impossible: false },
 * };
 * const [head, line] = resultsTable([row]).split("\n");
 * deepStrictEqual(head.slice(0, 25), "corpus   model    paper %");
 * deepStrictEqual(line.slice(0, 39), "ravdess  CNN-ATN  77       222 of 288  ");
 * ```
 */
export function resultsTable(rows: readonly ResultRow[]): string {
  const head = ["corpus", "model", "paper %", "paper k of n", "ours %", "k of n", "95 % interval"];
  const more = ["UAR %", "majority %", "split", "seed", "epochs"];
  return aligned([[...head, ...more], ...rows.map(cells)]);
}

function cells(row: ResultRow): string[] {
  const { paper, correct, total, interval } = row;
  return [
    row.corpus,
    row.change === "" ? row.model : `${row.model}, ${row.change}`,
    paper?.printed ?? "-",
    paper ? `${paper.impossible ? "about " : ""}${paper.correct} of ${paper.total}` : "-",
    points(correct / total),
    `${correct} of ${total}`,
    interval.map(points).join("-"),
    points(row.uar),
    points(row.baseline),
    row.protocol,
    String(row.seed),
    String(row.epochs),
  ];
}

function aligned(table: readonly string[][]): string {
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd())
    .join("\n");
}
