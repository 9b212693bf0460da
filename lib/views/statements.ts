/** Confusion matrices of all models, and section 4.4's statements on them. @module */
import { corpusInfo } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import { type JudgedStatement, judgeStatements } from "../evaluation/class_statements.ts";
import { accuracy } from "../evaluation/metrics.ts";
import { confusionOf, pooledConfusion } from "../evaluation/run_confusion.ts";
import { chooseGroups, type RunGroup } from "../evaluation/run_groups.ts";
import { classFacts } from "../paper/confusions.ts";
import { confusionPanels } from "../plots/confusion_panels.ts";
import type { Figure } from "../plots/figure.ts";
import { markdown, type Output, table } from "../notebook/output.ts";
import { percent } from "../support/percent.ts";

/**
 * The matrices of all models on a corpus, each over all its seeds.
 * @param groups Runs on random splits.
 * @returns A figure, or what is missing.
 */
export function confusionsView(groups: readonly RunGroup[], corpus: CorpusName): Figure | Output {
  const { title, emotions } = corpusInfo(corpus);
  const there = chooseGroups(groups, { corpus }).filter(({ runs }) => runs.length > 0);
  if (there.length === 0) return markdown(`${title}: all missing.`);
  const panels = there.map((group) => {
    const counts = pooledConfusion(group.runs), n = group.runs.length;
    const seeds = n === 1 ? "1 seed" : `${n} seeds`;
    return { title: `${group.title}, ${percent(accuracy(counts))} (${seeds})`, counts };
  });
  return confusionPanels(panels, emotions, {
    title: `${title}: true emotion (rows), recognised as (columns), per cent of the row`,
  });
}

/** A statement with how it fares in all runs together and in each. */
interface StatementRow extends JudgedStatement {
  group: RunGroup;
  /** In how many runs it holds. */
  inRuns: number;
}

/** Every statement on the models that have runs. */
function judgedRows(groups: readonly RunGroup[]): StatementRow[] {
  return groups.filter(({ runs }) => runs.length > 0).flatMap((group) => {
    const { model, corpus } = group.experiment, classes = corpusInfo(corpus).emotions;
    const facts = classFacts(model, corpus);
    const each = group.runs.map((run) => judgeStatements(facts, confusionOf(run), classes));
    return judgeStatements(facts, pooledConfusion(group.runs), classes).map((judged, i) => ({
      ...{ ...judged, group, inRuns: each.filter((run) => run[i].holds).length },
    }));
  });
}

/**
 * Each statement of section 4.4 on a corpus: the paper's share, ours over all seeds, whether it holds
 * in the matrix of all seeds and in how many single ones.
 * @param groups Runs on random splits.
 * @returns A table, or what is missing.
 */
export function statementsView(groups: readonly RunGroup[], corpus: CorpusName): Output {
  const { title } = corpusInfo(corpus), of = chooseGroups(groups, { corpus });
  const rows = judgedRows(of);
  if (rows.length === 0) {
    const told = of.some(({ experiment }) => classFacts(experiment.model, corpus).length > 0);
    return markdown(`${title}: ${told ? "all missing" : "the paper says nothing about it"}.`);
  }
  return table(
    rows.map(({ group, statement, paper, ours, holds, inRuns }) => ({
      "model": group.title,
      "the paper's statement": statement,
      "the paper": `${percent(paper.share)} (${paper.count} of ${paper.support})`,
      "here": Number.isNaN(ours) ? "none tested" : percent(ours),
      "holds": holds ? "yes" : "no",
      "single seeds": `${inRuns} of ${group.runs.length}`,
    })),
    { caption: title },
  );
}

/** How many statements hold, for example `31 of 47 statements hold here; missing: 12 on 3 models`. */
export function statementsInWords(groups: readonly RunGroup[]): string {
  const rows = judgedRows(groups), there = new Set(rows.map(({ group }) => group));
  const missing = groups.filter((group) => !there.has(group)).flatMap(({ experiment }) =>
    classFacts(experiment.model, experiment.corpus).map(({ model, corpus }) => `${model} ${corpus}`)
  );
  const models = new Set(missing).size;
  return `${rows.filter(({ holds }) => holds).length} of ${rows.length} statements hold here` +
    (models === 0 ? "" : `; those on ${models} missing models are not counted`);
}
