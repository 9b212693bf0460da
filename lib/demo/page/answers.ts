/** What the networks answer: a card for each with a bar for each emotion. @module */
import { emotionColour } from "../../plots/colours.ts";
import { make } from "../../web/client/dom.ts";
import type { Answer } from "./networks.ts";
import { record } from "./words.ts";
import { certainty } from "../../support/percent.ts";

/** The cards. */
export function answerCards({ recognition, networks }: Answer): HTMLElement[] {
  const { emotions, answers } = recognition;
  return answers.map(({ title, emotion: likeliest, probabilities }, i) => {
    const rows = emotions.map((emotion, c) =>
      emotionRow(emotion, probabilities[c], emotion === likeliest)
    );
    const names = ["Emotion", "Bar", "Probability"];
    const head = make("tr", { class: "unseen" });
    head.append(...names.map((name) => make("th", { scope: "col" }, name)));
    const label = `${title}: probability of each emotion`;
    const table = make("table", { "aria-label": label }, head, ...rows);
    const about = make("p", {}, record(networks[i]));
    return make("article", { class: "card" }, make("h3", {}, title), about, table);
  });
}

function emotionRow(emotion: string, probability: number, largest: boolean): HTMLElement {
  const width = `${(100 * probability).toFixed(1)}%`;
  const bar = make("i", { style: `width:${width};background:${emotionColour(emotion)}` });
  const row = make("tr", {
    class: largest ? "largest" : "",
    "data-probability": String(probability),
  });
  row.append(
    make("th", { scope: "row" }, emotion),
    make("td", { "aria-hidden": "true" }, make("div", { class: "bar-of" }, bar)),
    make("td", {}, certainty(probability)),
  );
  return row;
}
