/** Which differences between models are real, as a table. @module */
import { corpusInfo } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import { inWords } from "../evaluation/effect_size.ts";
import { modelDifferences } from "../evaluation/model_differences.ts";
import { chooseGroups, type RunGroup } from "../evaluation/run_groups.ts";
import { markdown, type Output, table } from "../notebook/output.ts";

/**
 * All pairs of models on a corpus, the surest difference first.
 * @param groups Runs on random splits, the models of Table 2.
 * @returns A table, or what is missing.
 */
export function differencesView(groups: readonly RunGroup[], corpus: CorpusName): Output {
  const { title } = corpusInfo(corpus);
  const { pairs, left } = modelDifferences(chooseGroups(groups, { corpus }));
  if (pairs.length === 0) {
    return markdown(`${title}: missing; a comparison needs three seeds of two models.`);
  }
  const rows = pairs.toSorted((a, b) => a.test.p - b.test.p).map((pair) => ({
    "difference": inWords(pair.first, pair.second, pair.effect),
    "seeds": pair.seeds.length,
    "t-test p": pInWords(pair.test.p),
    "by Holm": pInWords(pair.adjusted),
    "McNemar p, one split": pInWords(pair.oneSplit.midP),
    "McNemar by Holm": pInWords(pair.oneSplitAdjusted),
    "real": pair.adjusted < LEVEL ? "yes" : "not shown",
  }));
  return table(rows, { caption: `${title}: ${pairs.length} of ${pairs.length + left} pairs` });
}

const LEVEL = 0.05;

/** A p-value with three decimals. */
export const pInWords = (p: number): string => p < 0.001 ? "< 0.001" : p.toFixed(3);

/** How many of all pairs differ by the t-test over seeds, adjusted by Holm, on a corpus. */
export function differencesInWords(groups: readonly RunGroup[], corpus: CorpusName): string {
  const { pairs, left } = modelDifferences(chooseGroups(groups, { corpus }));
  const real = pairs.filter(({ adjusted }) => adjusted < LEVEL).length;
  const without = left === 0 ? "" : `, ${left} pairs missing`;
  return `${corpusInfo(corpus).title}: ${real} of ${pairs.length} differences are shown${without}`;
}
