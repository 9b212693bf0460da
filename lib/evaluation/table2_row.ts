/** Table 2 and the ablations beside runs of ours, a line of text for each model. @module */
import { corpusInfo } from "../corpora/info.ts";
import { overSeeds } from "./over_seeds.ts";
import { paperResultOf } from "./results_table.ts";
import { accuracyOf } from "./run_confusion.ts";
import type { RunGroup } from "./run_groups.ts";
import { impliedCounts, impliedInWords, verdict } from "./verdict.ts";
import { percentRange, percentSpread } from "../support/percent.ts";

/**
 * Sets the runs of a group beside the paper's number: its percentage, the right answers that it stands
 * for and their Wilson interval; here mean and deviation over the seeds after the last epoch, or what
 * is missing, and Student's interval of the mean. A dash stands where there is no number.
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
export const table2Row = (group: RunGroup) => ({
  "corpus": corpusInfo(group.experiment.corpus).title,
  "model": group.title,
  ...paperCells(group),
  ...ourCells(group),
  "verdict": verdictOf(group),
});

function paperCells({ experiment }: RunGroup) {
  const paper = paperResultOf(experiment);
  if (!paper) return { "the paper": "–", "stands for": "–", "its 95 % interval": "–" };
  return {
    "the paper": `${paper.printed} %`,
    "stands for": impliedInWords(paper),
    "its 95 % interval": percentRange(impliedCounts(paper).interval),
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
