/** What the networks answer: a card for each with a bar for each emotion. @module */
import { emotionColour } from "../../plots/colours.ts";
import { make } from "../../web/client/dom.ts";
import type { Answer } from "./networks.ts";
import { record } from "./words.ts";
import { certainty } from "../../support/percent.ts";

/**
 * The cards.
 * @param answer Answers and networks in one order.
 */
export function answerCards(
  { recognition: { emotions, answers }, networks }: Answer,
): HTMLElement[] {
  return answers.map(({ title, emotion: likeliest, probabilities }, i) => {
    const rows = emotions.map((emotion, c) =>
      emotionRow(emotion, probabilities[c], emotion === likeliest)
    );
    const head = ["Emotion", "Bar", "Probability"].map((name) =>
      make("th", { scope: "col" }, name)
    );
    return make(
      "article",
      { class: "card" },
      make("h3", {}, title),
      make("p", {}, record(networks[i])),
      make(
        "table",
        { "aria-label": `${title}: probability of each emotion` },
        make("tr", { class: "unseen" }, ...head),
        ...rows,
      ),
    );
  });
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
    make("td", {}, certainty(probability)),
  );
}
