/** An ablation: a model and the same model with one thing changed, as tables for a notebook. @module */
import { corpusInfo } from "../corpora/info.ts";
import { agreement } from "../evaluation/agreement.ts";
import { compareWithPaper, modelInWords } from "../evaluation/results_table.ts";
import type { RunResult } from "../training/stored_run.ts";
import { type Output, table } from "../notebook/output.ts";
import { percent, percentRange } from "../support/percent.ts";

/** Two runs of one corpus and seed. */
export interface AblationPair {
  /** As the paper has the model. */
  usual: RunResult;
  /** With one thing changed. */
  changed: RunResult;
}

/**
 * Accuracy, overfitting and test loss of both runs of each pair. The gap is training accuracy (under
 * dropout, if there is any) less test accuracy after the last epoch.
 * @param pairs At least one.
 */
export function ablationTable(pairs: readonly AblationPair[]): Output {
  return table(
    pairs.flatMap(({ usual, changed }) => [usual, changed]).map((run) => {
      const { paper, correct, total, interval } = compareWithPaper(run);
      const { accuracy, testAccuracy, testLoss } = run.history;
      const gap = 100 * (accuracy.at(-1)! - testAccuracy.at(-1)!);
      const least = Math.min(...testLoss);
      return {
        "corpus": corpusInfo(run.experiment.corpus).title,
        "model": modelInWords(run.experiment),
        "the paper": paper ? `${paper.printed} %` : "–",
        "here": `${percent(correct / total)} (${correct} of ${total})`,
        "95 % interval": percentRange(interval),
        "gap (points)": gap.toFixed(1),
        "least loss (epoch)": `${least.toFixed(2)} (${testLoss.indexOf(least) + 1})`,
        "last loss": testLoss.at(-1)!.toFixed(2),
      };
    }),
  );
}

/**
 * On which test utterances the two runs of each pair differ.
 * @param pairs At least one.
 */
export function agreementTable(pairs: readonly AblationPair[]): Output {
  return table(pairs.map(({ usual, changed }) => {
    const counts = agreement(usual.predictions, changed.predictions);
    return {
      "corpus": corpusInfo(usual.experiment.corpus).title,
      "both right": counts.both,
      "only as the paper has it": counts.onlyFirst,
      "only with the change": counts.onlySecond,
      "both wrong": counts.neither,
    };
  }));
}
