/** What the networks answer: a card for each with a bar for each emotion. @module */
import { emotionColour } from "../../plots/colours.ts";
import { make } from "./dom.ts";

/** One network's answer. */
export interface NetworkAnswer {
  /** Name of the network in the paper. */
  title: string;
  /** What is to be known about it, one sentence. */
  about: string;
  /** Probability of each emotion, sum 1. */
  probabilities: ArrayLike<number>;
}

/**
 * The cards.
 * @param emotions Names of the emotions.
 * @param answers Of each network, best network first.
 */
export function answerCards(
  emotions: readonly string[],
  answers: readonly NetworkAnswer[],
): HTMLElement[] {
  return answers.map(({ title, about, probabilities }) => {
    const largest = mostProbable(probabilities);
    const rows = emotions.map((emotion, i) => emotionRow(emotion, probabilities[i], i === largest));
    const head = make("tr", { class: "unseen" });
    head.append(
      ...["Emotion", "Bar", "Probability"].map((name) => make("th", { scope: "col" }, name)),
    );
    return make(
      "article",
      { class: "card" },
      make("h3", {}, title),
      make("p", {}, about),
      make("table", { "aria-label": `${title}: probability of each emotion` }, head, ...rows),
    );
  });
}

/** The place of the largest probability. */
export function mostProbable(probabilities: ArrayLike<number>): number {
  return Array.from(probabilities).reduce((best, p, i, all) => p > all[best] ? i : best, 0);
}

/** A share in percent, without a false 100. */
export function percent(share: number): string {
  if (share > 0.995 && share < 1) return "> 99 %";
  if (share < 0.005 && share > 0) return "< 1 %";
  return `${Math.round(100 * share)} %`;
}

function emotionRow(emotion: string, probability: number, largest: boolean): HTMLElement {
  const bar = make("i", {
    style: `width:${(100 * probability).toFixed(1)}%;background:${emotionColour(emotion)}`,
  });
  return make(
    "tr",
    { class: largest ? "largest" : "", "data-probability": String(probability) },
    make("th", { scope: "row" }, emotion),
    make("td", { "aria-hidden": "true" }, make("div", { class: "bar-of" }, bar)),
    make("td", {}, percent(probability)),
  );
}
