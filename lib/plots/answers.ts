/** What several networks say of one recording. @module */
import { colourAt, SHARE_SCALE, textColourOn } from "./colours.ts";
import { axis, baseLayout, type Figure, type Trace } from "./figure.ts";

/** One network's answer. */
export interface DrawnAnswer {
  /** The network's name. */
  title: string;
  /** Probability of each emotion, `[emotions]`, sum 1. */
  probabilities: readonly number[];
}

/**
 * A table of probabilities: a row for each network, a column for each emotion, per cents in cells that
 * are the darker, the surer.
 * @param answers From top to bottom, at least one.
 * @param emotions Names in the order of the probabilities.
 * @param title The figure's.
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
  const width = 200 + 75 * emotions.length, height = 150 + 38 * answers.length;
  return {
    data: [cells(answers, titles, emotions), numbers(answers, titles, emotions)],
    layout: {
      ...baseLayout({ title, width, height, margin: { l: 90, b: 60 } }),
      xaxis: axis("Probability of the emotion (%)", { type: "category", showgrid: false }),
      yaxis: axis("", { type: "category", showgrid: false, autorange: "reversed" }),
    },
  };
}

function cells(
  answers: readonly DrawnAnswer[],
  titles: readonly string[],
  emotions: readonly string[],
): Trace {
  return {
    type: "heatmap",
    x: [...emotions],
    y: [...titles],
    z: answers.map(({ probabilities }) => probabilities.map((p) => Number(p.toFixed(4)))),
    zmin: 0,
    zmax: 1,
    colorscale: SHARE_SCALE,
    showscale: false,
    xgap: 1,
    ygap: 3,
    hovertemplate: "%{y}: %{x} %{z:.1%}<extra></extra>",
  };
}

function numbers(
  answers: readonly DrawnAnswer[],
  titles: readonly string[],
  emotions: readonly string[],
): Trace {
  const all = answers.flatMap(({ probabilities }) => probabilities);
  return {
    type: "scatter",
    mode: "text",
    x: titles.flatMap(() => emotions),
    y: titles.flatMap((title) => emotions.map(() => title)),
    text: all.map((p) => String(Math.round(100 * p))),
    textfont: { size: 13, color: all.map((p) => textColourOn(colourAt(SHARE_SCALE, p))) },
    hoverinfo: "skip",
  };
}
