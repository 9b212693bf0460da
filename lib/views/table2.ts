/** Table 2 and the ablations beside runs of ours, as a table and as a figure. @module */
import { corpusInfo } from "../corpora/info.ts";
import { overSeeds } from "../evaluation/over_seeds.ts";
import { paperResultOf } from "../evaluation/results_table.ts";
import { accuracyOf } from "../evaluation/run_confusion.ts";
import { corporaOf, type RunGroup } from "../evaluation/run_groups.ts";
import { table2Row } from "../evaluation/table2_row.ts";
import { impliedCounts, verdict } from "../evaluation/verdict.ts";
import { type Figure } from "../plots/figure.ts";
import { intervalsFigure } from "../plots/intervals.ts";
import { type Spread, spreadOfShare } from "../plots/spread.ts";
import { type Output, table } from "../notebook/output.ts";
import type { Experiment } from "../training/experiment.ts";

/**
 * A line of `table2Row` for each group, the verdict before the details.
 * @param groups Runs on random splits, at least one group.
 */
export function table2View(groups: readonly RunGroup[]): Output {
  return table(groups.map((group) => {
    const { corpus, model, "the paper": paper, here, verdict, ...details } = table2Row(group);
    return { corpus, model, "the paper": paper, here, verdict, ...details };
  }));
}

/** How often each outcome is there, for example `reproduced: 3, missing: 9`. */
export function verdictsInWords(groups: readonly RunGroup[]): string {
  const outcomes = groups.flatMap(({ experiment, runs }) => {
    const paper = paperResultOf(experiment);
    if (!paper) return [];
    return runs.length === 0 ? ["missing"] : [verdict(paper, runs.map(accuracyOf)).outcome];
  });
  const counts = [...Map.groupBy(outcomes, (outcome) => outcome)];
  if (counts.length === 0) return "the paper has no number for these";
  return counts.map(([outcome, all]) => `${outcome}: ${all.length}`).join(", ");
}

/**
 * The same as dots: the paper's number with its Wilson interval, beside the mean of ours with Student's
 * interval and each seed as a small circle.
 * @param groups Runs on random splits, at least one group.
 */
export function table2Figure(groups: readonly RunGroup[], title: string): Figure {
  const panels = corporaOf(groups).map((corpus) => ({
    title: corpusInfo(corpus).title,
    rows: groups.filter(({ experiment }) => experiment.corpus === corpus).map((group) => ({
      name: group.title,
      first: paperSpread(group.experiment),
      second: ourSpread(group),
    })),
  }));
  const quantity = "accuracy (%)";
  return intervalsFigure(panels, { title, quantity, first: "the paper", second: "here" });
}

/** The paper's number for an experiment with the interval of the counts that it stands for. */
export function paperSpread(experiment: Experiment): Spread | undefined {
  const paper = paperResultOf(experiment);
  return paper && spreadOfShare(Number(paper.printed) / 100, impliedCounts(paper).interval);
}

function ourSpread({ runs }: RunGroup): Spread | undefined {
  if (runs.length === 0) return undefined;
  const shares = runs.map(accuracyOf), { mean, interval } = overSeeds(shares);
  return spreadOfShare(mean, interval, shares);
}
