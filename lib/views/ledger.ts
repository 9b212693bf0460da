/** The ledger of inconsistencies as tables. @module */
import { type Lead, leadsOf } from "../evaluation/ledger/claims.ts";
import type { Recomputed } from "../evaluation/ledger/recompute.ts";
import { independentEffect } from "../evaluation/effect_size.ts";
import { readingInWords } from "../evaluation/reading_effects.ts";
import { corpusInfo } from "../corpora/info.ts";
import type { LedgerEntry, LedgerGroup } from "../paper/ledger.ts";
import { PAPER_TITLES, type PaperCorpus, paperResult } from "../paper/results.ts";
import type { Figure } from "../plots/figure.ts";
import { intervalsFigure } from "../plots/intervals.ts";
import { pInWords } from "./differences.ts";
import { type Output, table } from "../notebook/output.ts";

/**
 * One group: the paper's words and where they stand, what is wrong, how one sees it, and what this
 * project does.
 * @param group From `LEDGER`.
 * @param counted From `recomputeLedger`.
 */
export const ledgerView = (
  { title, entries }: LedgerGroup,
  counted: ReadonlyMap<number, Recomputed>,
): Output =>
  table(
    entries.map((entry) => ({
      "no.": entry.number,
      "the paper": `${quotesOf(entry)} (${placeOf(entry)})`,
      "what is wrong": entry.flaw,
      "evidence": evidenceOf(entry, counted),
      "here": entry.resolution,
    })),
    { caption: title, widths: [2, 12, 14, 12, 12] },
  );

const quotesOf = ({ quotes }: LedgerEntry): string =>
  quotes.map((quote) => `“${quote}”`).join(" … ") || "silent";

const placeOf = ({ section }: LedgerEntry): string =>
  /^\d/.test(section) ? `§ ${section}` : section;

/** What was counted, else the kinds of evidence; and what was trained. */
function evidenceOf(
  { number, evidence, changes = [] }: LedgerEntry,
  counted: ReadonlyMap<number, Recomputed>,
): string {
  const shown = counted.get(number)?.says ?? evidence.filter((kind) => kind !== "runs").join(", ");
  const trained = changes.map(readingInWords).join("; ");
  return trained ? `${shown} (runs: ${trained})` : shown;
}

/** How CNN-ATN leads the other models by the counts of Table 2, the nearest rival first. */
export const leadsView = (corpus: PaperCorpus): Output =>
  table(
    leadsOf(corpus).map(({ model, points, p, least, most }) => ({
      "CNN-ATN against": PAPER_TITLES[model],
      "points": points.toFixed(1),
      "p, unpaired": pInWords(p),
      "p, paired: least": pInWords(least),
      "most": pInWords(most),
      "significant at 5 %": judge({ least, most }),
    })),
    { caption: corpusInfo(corpus).title },
  );

/** The same as dots with Newcombe's intervals of the difference. */
export function leadsFigure(): Figure {
  const of = (corpus: PaperCorpus, model: Lead["model"]) => {
    const best = paperResult("cnn-attention", corpus)!;
    const { points, interval } = independentEffect(best, paperResult(model, corpus)!);
    return { value: points, interval };
  };
  const rows = leadsOf("ravdess").map(({ model }) => ({
    name: PAPER_TITLES[model],
    first: of("ravdess", model),
    second: of("savee", model),
  }));
  return intervalsFigure([{ title: "CNN-ATN's lead", rows }], {
    title: "The paper's best model against its others, by the counts alone",
    ...{ quantity: "accuracy (points)", first: "RAVDESS", second: "SAVEE", line: 0 },
  });
}

const judge = ({ least, most }: Pick<Lead, "least" | "most">): string =>
  least > 0.05 ? "no, whatever the pairs" : most <= 0.05 ? "yes, whatever the pairs" : "open";
