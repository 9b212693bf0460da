/** Tables 3 and 4: other works' numbers, and what is known of them. @module */
import { corpusInfo } from "../corpora/info.ts";
import { accuracy } from "../evaluation/metrics.ts";
import { pooledConfusion } from "../evaluation/run_confusion.ts";
import { chooseGroups, type RunGroup } from "../evaluation/run_groups.ts";
import { COMPARED_WORKS, type ComparedWork, sameInTable2 } from "../paper/compared.ts";
import { PAPER_TITLES, type PaperCorpus, paperResult } from "../paper/results.ts";
import { type Output, table } from "../notebook/output.ts";

/**
 * The works that the paper compares itself with on a corpus, then its own number, then ours by its
 * protocol and with new speakers.
 * @param corpus SAVEE for Table 3, RAVDESS for Table 4.
 */
export function comparedView(corpus: PaperCorpus, groups: readonly RunGroup[]): Output {
  const own = paperResult("cnn-attention", corpus)!;
  const rows = COMPARED_WORKS.filter((work) => work.corpus === corpus).map((work) => ({
    "work": work.work,
    "model": work.model,
    "input": work.features,
    "accuracy %": work.printed.join(" / "),
    "above the paper's own": work.printed.some((number) => Number(number) > Number(own.printed))
      ? "yes"
      : "no",
    "equals in Table 2, SAVEE": equals(work),
    "known of the protocol": work.known ?? "not checked",
  }));
  const proposed = {
    "work": "the paper",
    "model": "CNN-ATN",
    "input": "40 MFCCs",
    "accuracy %": own.printed,
    "above the paper's own": "–",
    "equals in Table 2, SAVEE": "–",
    "known of the protocol": "one random 80/20 split, speakers on both sides",
  };
  const ours = (["random", "speaker-independent"] as const).map((split) => ({
    ...{ ...proposed, "work": "here", "known of the protocol": PROTOCOLS[split] },
    "accuracy %": ourNumber(chooseGroups(groups, { corpus, split, changed: false })),
  }));
  const number = corpus === "savee" ? 3 : 4;
  return table([...rows, proposed, ...ours], {
    caption: `Table ${number}: ${corpusInfo(corpus).title}`,
  });
}

const PROTOCOLS = {
  "random": "as the paper's, all seeds",
  "speaker-independent": "new speakers, all folds",
};

/** Accuracy of CNN-ATN over all its runs. */
function ourNumber(groups: readonly RunGroup[]): string {
  const group = groups.find(({ experiment }) => experiment.model === "cnn-attention");
  if (!group) return "–";
  if (group.runs.length === 0) return group.missing;
  const number = (100 * accuracy(pooledConfusion(group.runs))).toFixed(1);
  return group.missing ? `${number} (${group.missing})` : number;
}

const equals = (work: ComparedWork): string =>
  sameInTable2(work).map(({ model }) => PAPER_TITLES[model]).join(", ") || "–";
