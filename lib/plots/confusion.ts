/** Confusion matrices. @module */
import { colourAt, SHARE_SCALE, textColourOn } from "./colours.ts";
import { axis, baseLayout, type Figure, note, type Trace } from "./figure.ts";
import { percent } from "../support/percent.ts";

/**
 * A confusion matrix: counts as text, cells coloured by their share of the row, the recall of each
 * class at the right end of its row.
 * @param counts `counts[t][p]` utterances of class t recognised as class p, `[classes][classes]`.
 * @param classes Names in the order of the rows.
 * @returns A figure of 500 x 460 px; 8 classes make 5 KB of JSON.
 * @throws {TypeError} If the counts are not classes x classes.
 * @example Usage
 * ```ts
 * import { confusionFigure } from "ser/plots/confusion.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const figure = confusionFigure([[3, 1], [0, 4]], ["angry", "sad"]);
 * deepStrictEqual(figure.data[0].z, [[0.75, 0.25], [0, 1]]); // shares of the rows
 * deepStrictEqual(figure.data[1].text, ["3", "1", "0", "4"]);
 * ```
 */
export function confusionFigure(
  counts: readonly (readonly number[])[],
  classes: readonly string[],
  options: { title?: string } = {},
): Figure {
  const { title = "Confusion matrix" } = options;
  const { totals, shares } = sharesOf(counts, classes);
  const hover = (t: number, p: number) =>
    `true ${classes[t]}, recognised as ${classes[p]}<br>` +
    `${counts[t][p]} of ${totals[t]} (${percent(shares[t][p])})`;
  return {
    data: [
      {
        ...shareCells(shares, classes, classes),
        text: shares.map((row, t) => row.map((_, p) => hover(t, p))),
        hovertemplate: "%{text}<extra></extra>",
      },
      textTrace(counts.map((row) => row.map(String)), shares, classes, classes),
    ],
    layout: {
      ...baseLayout({ title, width: 500, height: 460, margin: { l: 100, r: 70, t: 66, b: 84 } }),
      xaxis: axis("Recognised as", { type: "category", showgrid: false, tickangle: -40 }),
      yaxis: axis("True emotion", { type: "category", showgrid: false, autorange: "reversed" }),
      annotations: recallLabels(shares, totals, classes),
    },
  };
}

/** What share of each row its cells have; a `TypeError` if the counts are not classes x classes. */
export function sharesOf(counts: readonly (readonly number[])[], classes: readonly string[]) {
  const n = classes.length;
  if (counts.length !== n || counts.some((row) => row.length !== n)) {
    throw new TypeError(
      `Cannot draw the confusion matrix: expected ${n} rows of ${n} counts for ${n} classes, ` +
        `received rows of ${counts.map((row) => row.length).join(", ") || "no length"}`,
    );
  }
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const shares = counts.map((row, t) => row.map((count) => totals[t] ? count / totals[t] : 0));
  return { totals, shares };
}

/** Cells as dark as their shares, `[rows][columns]` in [0, 1]; the first row is the uppermost in an axis turned round. */
export const shareCells = (
  shares: readonly (readonly number[])[],
  columns: readonly string[],
  rows: readonly string[],
): Trace => ({
  type: "heatmap",
  x: [...columns],
  y: [...rows],
  z: shares.map((row) => row.map((share) => Number(share.toFixed(4)))),
  zmin: 0,
  zmax: 1,
  colorscale: SHARE_SCALE,
  showscale: false,
  xgap: 1,
  ygap: 1,
});

/** A text in each cell, black or white as the cell demands; where the share is 0, grey. */
export const textTrace = (
  texts: readonly (readonly string[])[],
  shares: readonly (readonly number[])[],
  columns: readonly string[],
  rows: readonly string[],
  size = 13,
): Trace => ({
  type: "scatter",
  mode: "text",
  x: rows.flatMap(() => columns),
  y: rows.flatMap((name) => columns.map(() => name)),
  text: texts.flat(),
  textfont: {
    size,
    color: shares.flat().map((share) =>
      share ? textColourOn(colourAt(SHARE_SCALE, share)) : "#9aa5b1"
    ),
  },
  hoverinfo: "skip",
});

/** "recall" above a column of per cents right of the rows. */
function recallLabels(shares: number[][], totals: number[], classes: readonly string[]) {
  const right = { x: 1, xref: "paper", xanchor: "left", xshift: 8 };
  const label = (text: string, y: unknown, yref: string, yanchor: string) =>
    note(text, { ...right, y, yref, yanchor });
  return [
    label("recall", 1, "paper", "bottom"),
    ...classes.map((name, t) =>
      label(totals[t] ? `${Math.round(100 * shares[t][t])} %` : "none", name, "y", "middle")
    ),
  ];
}
