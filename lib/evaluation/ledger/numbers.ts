/** The ledger's group B, counted again. @module */
import { CLASS_FACTS } from "../../paper/confusions.ts";
import { countsThatRoundTo, paperResult, TEST_UTTERANCES } from "../../paper/results.ts";
import { nearestShare } from "../../paper/rounding.ts";
import { countsInWords } from "../verdict.ts";
import type { Recomputations } from "./recompute.ts";

/** By number of the entry. */
export const NUMBERS_COUNTED: Recomputations = {
  10: () => {
    const total = TEST_UTTERANCES.ravdess;
    return {
      says: around("45.18", total),
      confirmed: countsThatRoundTo("45.18", total).length === 0,
    };
  },
  11: () => {
    const total = TEST_UTTERANCES.savee, gain = (55.7 - 55.2) / 100 * total;
    return {
      says: `${around("55.7", total)}; 55.7 - 55.2 points are ${gain.toFixed(2)} utterances`,
      confirmed: countsThatRoundTo("55.7", total).length === 0 && gain < 1,
    };
  },
  12: () => {
    const cases = [["70.5", "30"], ["67", "33"], ["65", "45"], ["47", "63"]] as const;
    const gaps = cases.map(([accuracy]) => 100 - Number(accuracy));
    return {
      says: cases.map(([accuracy, printed], i) =>
        `100 - ${accuracy} = ${gaps[i]} (printed ${printed})`
      ).join(", "),
      confirmed: gaps.map((gap, i) => Math.abs(gap - Number(cases[i][1])) > 0.5).join() ===
        "false,false,true,true",
    };
  },
  13: () => {
    const odd = CLASS_FACTS.filter(({ printed, support }) =>
      nearestShare(printed, support).off >= 0.5
    );
    const each = odd.map(({ printed, correct, support }) =>
      `${correct} of ${support} is ${(100 * correct / support).toFixed(2)}, printed ${printed}`
    );
    return { says: [...new Set(each)].join("; "), confirmed: odd.length > 0 };
  },
  14: () => {
    const neutral = CLASS_FACTS.filter(({ corpus, emotion }) =>
      corpus === "ravdess" && emotion === "neutral"
    );
    const supports = Map.groupBy(neutral, ({ support }) => support);
    return {
      says: [...supports].map(([support, facts]) => `${support} for ${models(facts.length)}`)
        .join(", "),
      confirmed: supports.size > 1,
    };
  },
  16: () => {
    const total = TEST_UTTERANCES.ravdess;
    const [lstm, cnn, best] = (["lstm", "cnn", "cnn-attention"] as const).map((model) =>
      countsThatRoundTo(paperResult(model, "ravdess")!.printed, total)
    );
    return {
      says: `of ${total}: CNN-ATN's 77 is ${countsInWords(best)}, LSTM's 70 is ${
        countsInWords(lstm)
      }, CNN's 70.5 is ${countsInWords(cnn)}`,
      confirmed: cnn.some((count) => lstm.includes(count)),
    };
  },
};

const models = (count: number): string => `${count} ${count === 1 ? "model" : "models"}`;

/** The shares next below and above a printed one. */
function around(printed: string, total: number): string {
  const below = Math.floor(Number(printed) / 100 * total);
  return [below, below + 1].map((k) => `${k} of ${total} is ${(100 * k / total).toFixed(2)}`)
    .join(", ");
}
