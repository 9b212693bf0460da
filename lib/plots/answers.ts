/** What several networks say of one recording. @module */
import { shareCells, textTrace } from "./confusion.ts";
import { axis, baseLayout, type Figure } from "./figure.ts";

/** One network's answer. */
export interface DrawnAnswer {
  title: string;
  /** Probability of each emotion, `[emotions]`, sum 1. */
  probabilities: readonly number[];
}

/**
 * A table of probabilities: a row for each network, a column for each emotion, per cents in cells that
 * are the darker, the surer.
 * @param answers From top to bottom, at least one.
 * @param emotions Names in the order of the probabilities.
 * @returns A figure of 200 px and 75 px for each emotion by 150 px and 38 px for each network.
 * @throws {TypeError} If an answer has other than one probability for each emotion.
 * @example Usage
 * ```ts
 * import { answersFigure } from "ser/plots/answers.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const figure = answersFigure([{ title: "CNN", probabilities: [0.98, 0.02] }], ["angry", "sad"], "One");
 * deepStrictEqual(figure.data[1].text, ["98", "2"]);
 * ```
 */
export function answersFigure(
  answers: readonly DrawnAnswer[],
  emotions: readonly string[],
  title: string,
): Figure {
  const wrong = answers.find(({ probabilities }) => probabilities.length !== emotions.length);
  if (wrong) {
    throw new TypeError(
      `Cannot draw the answers: expected ${emotions.length} probabilities, received ${wrong.probabilities.length} of "${wrong.title}"`,
    );
  }
  const titles = answers.map(({ title }) => title);
  const shares = answers.map(({ probabilities }) => probabilities);
  const width = 200 + 75 * emotions.length, height = 150 + 38 * answers.length;
  return {
    data: [
      {
        ...shareCells(shares, emotions, titles),
        ygap: 3,
        hovertemplate: "%{y}: %{x} %{z:.1%}<extra></extra>",
      },
      textTrace(shares.map((row) => row.map(inWholePercent)), shares, emotions, titles),
    ],
    layout: {
      ...baseLayout({ title, width, height, margin: { l: 90, b: 60 } }),
      xaxis: axis("Probability of the emotion (%)", { type: "category", showgrid: false }),
      yaxis: axis("", { type: "category", showgrid: false, autorange: "reversed" }),
    },
  };
}

const inWholePercent = (share: number): string => String(Math.round(100 * share));
