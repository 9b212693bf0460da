/** Results of runs beside the paper's, as tables for a notebook. @module */
import { corpusInfo } from "../corpora/info.ts";
import { compareWithPaper } from "../evaluation/results_table.ts";
import { confusionOf } from "../evaluation/run_confusion.ts";
import { impliedInWords } from "../evaluation/verdict.ts";
import { classFacts } from "../paper/confusions.ts";
import type { RunResult } from "../training/stored_run.ts";
import { type Output, table } from "../notebook/output.ts";
import { percent } from "../support/percent.ts";

/**
 * Accuracy after the last epoch beside the paper's, with its interval and the baseline.
 * @param runs Finished runs, at least one.
 */
export function accuracyTable(runs: readonly RunResult[]): Output {
  return table(runs.map((run) => {
    const { model, change, paper, correct, total, interval, uar, baseline } = compareWithPaper(run);
    return {
      corpus: corpusInfo(run.experiment.corpus).title,
      model: change ? `${model}, ${change}` : model,
      "the paper": paper ? `${paper.printed} % (${impliedInWords(paper)})` : "–",
      "here": `${percent(correct / total)} (${correct} of ${total})`,
      "95 % interval": interval.map(percent).join(" to "),
      "mean recall (UAR)": percent(uar),
      "most frequent emotion": percent(baseline),
    };
  }));
}

/**
 * What section 4.4 says of single emotions beside what the run gives.
 * @returns A table, or undefined where the paper says nothing: other corpora than its own.
 */
export function factsTable(run: RunResult): Output | undefined {
  const { model, corpus } = run.experiment;
  const facts = classFacts(model, corpus);
  if (!facts.length) return undefined;
  const counts = confusionOf(run), { classes } = run.data;
  const share = (k: number, n: number) => `${k} of ${n} (${n ? percent(k / n) : "none"})`;
  const rows = facts.flatMap((fact) => {
    const row = counts[classes.indexOf(fact.emotion)];
    const support = row.reduce((sum, count) => sum + count, 0);
    const recall = {
      "emotion": fact.emotion,
      "": `recognised (the paper's ${fact.rank})`,
      "the paper": share(fact.correct, fact.support),
      "here": share(row[classes.indexOf(fact.emotion)], support),
    };
    const confusions = (fact.confusions ?? []).map(({ emotion, count }) => ({
      "emotion": fact.emotion,
      "": `taken for ${emotion}`,
      "the paper": share(count, fact.support),
      "here": share(row[classes.indexOf(emotion)], support),
    }));
    return [recall, ...confusions];
  });
  return table(rows, { caption: `${corpusInfo(corpus).title}: what section 4.4 says` });
}
