/** The ledger's group C, counted again. @module */
import { COMPARED_WORKS } from "../../paper/compared.ts";
import { CLASS_FACTS } from "../../paper/confusions.ts";
import {
  PAPER_TITLES,
  type PaperCorpus,
  type PaperModel,
  paperResult,
  TABLE_2,
} from "../../paper/results.ts";
import { type PairedBounds, pairedBounds, twoProportionTest } from "../two_proportions.ts";
import type { Recomputations } from "./recompute.ts";

/** CNN-ATN's lead over another model of Table 2. */
export interface Lead extends PairedBounds {
  corpus: PaperCorpus;
  /** The other model. */
  model: PaperModel;
  /** In percentage points, from the nearest counts. */
  points: number;
  /** p-value of the two-proportion z-test. */
  p: number;
}

/**
 * What the counts of Table 2 say on CNN-ATN's lead over each other model.
 * @returns The nearest rival first.
 * @example Usage
 * ```ts
 * import { leadsOf } from "ser/evaluation/ledger/claims.ts";
 * import { strictEqual } from "node:assert/strict";
 * const [{ model, p }] = leadsOf("ravdess");
 * strictEqual(`${model} ${p.toFixed(2)}`, "cnn 0.07");
 * ```
 */
export function leadsOf(corpus: PaperCorpus): Lead[] {
  const best = paperResult("cnn-attention", corpus)!;
  return TABLE_2.filter((row) => row.corpus === corpus && row.model !== best.model)
    .map((row) => ({
      ...{ corpus, model: row.model },
      points: 100 * (best.correct - row.correct) / row.total,
      p: twoProportionTest(best, row).p,
      ...pairedBounds(best, row),
    })).sort((a, b) => a.points - b.points);
}

/** By number of the entry. */
export const CLAIMS_COUNTED: Recomputations = {
  18: () => {
    const of = (model: PaperModel, corpus: PaperCorpus) =>
      Number(paperResult(model, corpus)!.printed);
    const said = (corpus: PaperCorpus, rival: PaperModel) =>
      `LSTM-ATN ${of("lstm-attention", corpus)}, ${PAPER_TITLES[rival]} ${of(rival, corpus)}`;
    return {
      says: `RAVDESS: ${said("ravdess", "lstm")}, CNN ${of("cnn", "ravdess")}; SAVEE: ${
        said("savee", "sdnn")
      }`,
      confirmed: of("lstm-attention", "ravdess") < of("lstm", "ravdess"),
    };
  },
  19: () => {
    const rivals = (["ravdess", "savee"] as const).flatMap((corpus) => leadsOf(corpus).slice(0, 2));
    const p = (lead: Lead) => `${PAPER_TITLES[lead.model]} ${lead.p.toFixed(2)}`;
    return {
      says: `p of the two nearest rivals, unpaired: RAVDESS ${
        rivals.slice(0, 2).map(p).join(", ")
      }; SAVEE ${rivals.slice(2).map(p).join(", ")}`,
      confirmed: rivals.every((lead) => lead.p > 0.05),
    };
  },
  20: () => {
    const ours = Number(paperResult("cnn-attention", "ravdess")!.printed);
    const above = COMPARED_WORKS.filter(({ corpus, printed }) =>
      corpus === "ravdess" && printed.some((number) => Number(number) > ours)
    );
    return {
      says: above.map(({ work, printed }) => `${work}: ${printed.join(" / ")}`).join("; "),
      confirmed: above.length > 0,
    };
  },
  21: () => {
    const lowest = extreme("ravdess", "lowest", ["neutral"]);
    const best = extreme("savee", "best", ["neutral"]);
    const hard = extreme("savee", "lowest", ["happiness", "disgust"]);
    return {
      says: `neutral lowest in ${lowest} of 6 models on RAVDESS; on SAVEE it is best in ${best} ` +
        `of 6, happiness or disgust lowest in ${hard} of 6`,
      confirmed: Math.min(lowest, best, hard) < 6,
    };
  },
};

/** In how many models one of these emotions is named as the extreme. */
function extreme(corpus: PaperCorpus, rank: "best" | "lowest", emotions: string[]): number {
  const facts = CLASS_FACTS.filter((fact) =>
    fact.corpus === corpus && fact.rank === rank && emotions.includes(fact.emotion)
  );
  return new Set(facts.map(({ model }) => model)).size;
}
