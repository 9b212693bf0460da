/** Table 2 and the ablations beside runs of ours, a line of text for each model. @module */
import { corpusInfo } from "../corpora/info.ts";
import { overSeeds } from "./over_seeds.ts";
import { paperResultOf } from "./results_table.ts";
import { accuracyOf } from "./run_confusion.ts";
import type { RunGroup } from "./run_groups.ts";
import { countsInWords, impliedCounts, verdict } from "./verdict.ts";
import { percentRange, percentSpread } from "../support/percent.ts";

/** One model on one corpus, in words. */
export type Table2Row = {
  /** Title of the corpus. */
  "corpus": string;
  /** The model, with its change in an ablation. */
  "model": string;
  /** The paper's percentage as printed; a dash where it has none. */
  "the paper": string;
  /** The right answers that it stands for, for example `222 of 288`. */
  "stands for": string;
  /** Their Wilson interval. */
  "its 95 % interval": string;
  /** Mean and deviation over our seeds after the last epoch, or what is missing. */
  "here": string;
  /** Student's interval of our mean. */
  "95 % interval of the mean": string;
  /** How many seeds, and how many are missing. */
  "seeds": string;
  /** Whether the paper's number comes out again. */
  "verdict": string;
};

/**
 * Sets the runs of a group beside the paper's number.
 * @param group Runs on random splits.
 * @example Usage
 * ```ts
 * import { groupRuns } from "ser/evaluation/run_groups.ts";
 * import { table2Row } from "ser/evaluation/table2_row.ts";
 * import { experiment } from "ser/training/experiment.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const [group] = groupRuns([experiment({ corpus: "savee" })], []);
 * const { model, here, ...row } = table2Row(group);
 * deepStrictEqual([model, row["stands for"], here], ["CNN-ATN", "71 of 96", "missing: 1 of 1 seeds"]);
 * ```
 */
export const table2Row = (group: RunGroup): Table2Row => ({
  "corpus": corpusInfo(group.experiment.corpus).title,
  "model": group.title,
  ...paperCells(group),
  ...ourCells(group),
  "verdict": verdictOf(group),
});

function paperCells({ experiment }: RunGroup) {
  const paper = paperResultOf(experiment);
  if (!paper) return { "the paper": "–", "stands for": "–", "its 95 % interval": "–" };
  const { possible, counts, interval } = impliedCounts(paper);
  return {
    "the paper": `${paper.printed} %`,
    "stands for": `${possible ? "" : "about "}${countsInWords(counts)} of ${paper.total}`,
    "its 95 % interval": percentRange(interval),
  };
}

function ourCells({ runs, missing }: RunGroup) {
  if (runs.length === 0) return { "here": missing, "95 % interval of the mean": "–", "seeds": "0" };
  const { n, mean, deviation, interval } = overSeeds(runs.map(accuracyOf));
  return {
    "here": percentSpread(mean, deviation),
    "95 % interval of the mean": interval ? percentRange(interval) : "–",
    "seeds": missing === "" ? `${n}` : `${n} (${missing})`,
  };
}

function verdictOf({ experiment, runs }: RunGroup): string {
  const paper = paperResultOf(experiment);
  if (!paper) return "–";
  if (runs.length === 0) {
    return impliedCounts(paper).possible ? "missing" : "impossible as printed; missing";
  }
  const { outcome, agrees, within } = verdict(paper, runs.map(accuracyOf));
  const nearest = outcome !== "impossible as printed"
    ? ""
    : agrees
    ? ", nearest count reproduced"
    : ", nearest count not reproduced";
  return `${outcome}${nearest} (${within} of ${runs.length} in the interval)`;
}
