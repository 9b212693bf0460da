/** How well each emotion is recognised: precision, recall and F1. @module */
import {
  type ClassScore,
  classScores,
  macroF1,
  unweightedAverageRecall,
} from "../evaluation/metrics.ts";
import {
  axis,
  baseLayout,
  BLUE,
  type Figure,
  hundredths,
  INK,
  LEGEND_ABOVE,
  note,
  ORANGE,
  rowAxis,
  type Trace,
} from "./figure.ts";
import { percent } from "../support/percent.ts";

/** The three measures, each with a colour and a shape of its own. */
const MEASURES = [
  { key: "precision", color: ORANGE, symbol: "diamond" },
  { key: "recall", color: BLUE, symbol: "circle" },
  { key: "f1", color: INK, symbol: "line-ns-open" },
] as const;

/**
 * A line for each emotion with its precision, recall and F1 in per cent; right of it the support, the
 * number of utterances. Below stand the means over the emotions: of the recalls the UAR, of F1
 * `macroF1`. An emotion that nothing was taken for has precision 0, as in `classScores`; one that is
 * neither true nor predicted has no marks and counts in no mean.
 * @param confusion `counts[t][p]` utterances of class t recognised as class p, `[classes][classes]`.
 * @param classes Names in the order of the rows.
 * @returns A figure of 720 px and 34 px for each emotion, 4 KB of JSON.
 * @throws {TypeError} If the counts are not classes x classes, or all 0.
 * @example Usage
 * ```ts
 * import { classScoresFigure } from "ser/plots/class_scores.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const { data } = classScoresFigure([[3, 1], [0, 4]], ["anger", "sadness"]);
 * deepStrictEqual(data[0].x, [100, 80, 90]); // precision: 3 of 3, 4 of 5, their mean
 * deepStrictEqual(data[1].x, [75, 100, 87.5]); // recall: 3 of 4, 4 of 4
 * ```
 */
export function classScoresFigure(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
  options: { title?: string } = {},
): Figure {
  const n = classes.length;
  const rows = linesOf(confusion, classes);
  const { title = "How well each emotion is recognised" } = options;
  return {
    data: MEASURES.map((measure) => marks(rows, measure)),
    layout: {
      ...baseLayout({ title, height: 140 + 34 * rows.length, margin: { l: 110, r: 90, t: 84 } }),
      ...LEGEND_ABOVE,
      xaxis: axis("Share (%)", { range: [-2, 102] }),
      yaxis: rowAxis(rows.map(({ name }) => name), { range: [0.6 - rows.length, 0.6] }),
      shapes: [...rows.flatMap(span), rule(0.5 - n)],
      annotations: [
        support("utterances", { y: 1.02, yref: "paper", yanchor: "bottom" }),
        ...rows.map(({ score }, i) => support(String(score.support), { y: 0 - i })),
      ],
    },
  };
}

interface Line {
  name: string;
  score: ClassScore;
  /** Whether the emotion is there at all. */
  seen: boolean;
}

/** The emotions and, last, their means. */
function linesOf(confusion: readonly (readonly number[])[], classes: readonly string[]): Line[] {
  const n = classes.length;
  const total = confusion.flat().reduce((sum, count) => sum + count, 0);
  if (confusion.length !== n || confusion.some((row) => row.length !== n) || !(total > 0)) {
    throw new TypeError(
      `Cannot draw the scores: expected ${n} rows of ${n} counts, not all 0, received rows of ${
        confusion.map((row) => row.length).join(", ") || "no length"
      } with ${total} utterances`,
    );
  }
  const lines = classScores(confusion).map((score, i) => ({
    ...{ name: classes[i], score },
    seen: score.support > 0 || confusion.some((row) => row[i] > 0),
  }));
  const seen = lines.filter((line) => line.seen);
  const means = {
    support: total,
    precision: seen.reduce((sum, { score }) => sum + score.precision, 0) / seen.length,
    recall: unweightedAverageRecall(confusion),
    f1: macroF1(confusion),
  };
  return [...lines, { name: "mean", score: means, seen: true }];
}

function marks(rows: readonly Line[], { key, color, symbol }: typeof MEASURES[number]): Trace {
  const found = rows.flatMap((row, i) => row.seen ? [{ ...row, y: 0 - i }] : []);
  const name = key === "f1" ? "F1" : key;
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: found.map(({ score }) => hundredths(100 * score[key])),
    y: found.map(({ y }) => y),
    marker: { color, symbol, size: key === "f1" ? 14 : 10, line: { width: 2, color } },
    cliponaxis: false,
    text: found.map((row) => `${row.name}, ${name}: ${percent(row.score[key])}`),
    hovertemplate: "%{text}<extra></extra>",
  };
}

/** A thin line from precision to recall. */
function span({ score: { precision, recall }, seen }: Line, i: number) {
  const line = { color: INK, width: 1 }, y = 0 - i;
  const [x0, x1] = [precision, recall].map((share) => hundredths(100 * share));
  return seen ? [{ type: "line", layer: "below", x0, x1, y0: y, y1: y, line }] : [];
}

/** Between the emotions and their means. */
const rule = (y: number) => {
  const line = { color: INK, width: 1, dash: "dot" };
  return { type: "line", layer: "below", xref: "paper", x0: 0, x1: 1, y0: y, y1: y, line };
};

const support = (text: string, place: Record<string, unknown>) =>
  note(text, { x: 1, xref: "paper", xanchor: "left", xshift: 12, yanchor: "middle", ...place });
