/** Several confusion matrices in one figure, small. @module */
import { shareCells, sharesOf, textTrace } from "./confusion.ts";
import { axesOf, axis, baseLayout, type Figure, note, panelAxes, type Trace } from "./figure.ts";

/** One of the matrices. */
export interface ConfusionPanel {
  title: string;
  /** `counts[t][p]` utterances of class t recognised as class p. */
  counts: readonly (readonly number[])[];
}

const COLUMNS = 2;
/** Shares of the figure between panels. */
const GAP = { x: 0.16, y: 0.09 };

/**
 * Confusion matrices of the same classes, two in a row. Cells are coloured by their share of the row
 * and hold that share in per cent, except where it rounds to 0.
 * @param panels At least one.
 * @param classes Names in the order of the rows.
 * @returns A figure of 760 px and about 340 px for each row of panels; six panels of 8 classes make
 * 20 KB of JSON.
 * @throws {TypeError} If a matrix is not classes x classes, or there is none.
 * @example Usage
 * ```ts
 * import { confusionPanels } from "ser/plots/confusion_panels.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const panels = [{ title: "CNN", counts: [[3, 1], [0, 4]] }];
 * const { data } = confusionPanels(panels, ["angry", "sad"], { title: "Confusions" });
 * deepStrictEqual(data[1].text, ["75", "25", "", "100"]);
 * ```
 */
export function confusionPanels(
  panels: readonly ConfusionPanel[],
  classes: readonly string[],
  options: { title: string },
): Figure {
  if (panels.length === 0) {
    throw new TypeError("Cannot draw confusion matrices: expected at least 1, received no matrix");
  }
  const rows = Math.ceil(panels.length / COLUMNS);
  return {
    data: panels.flatMap((panel, i) => panelTraces(panel, classes, i)),
    layout: {
      ...baseLayout({
        title: options.title,
        width: 760,
        height: 120 + 320 * rows,
        margin: { l: 80, t: 80, b: 70 },
      }),
      annotations: panels.map(({ title }, i) => panelTitle(title, placeOf(i, rows))),
      ...Object.assign({}, ...panels.map((_, i) => axesAt(i, placeOf(i, rows)))),
    },
  };
}

/** The part of the figure that a panel has; y from below. */
function placeOf(panel: number, rows: number) {
  const width = (1 - GAP.x * (COLUMNS - 1)) / COLUMNS, left = (panel % COLUMNS) * (width + GAP.x);
  const gap = GAP.y * 3 / Math.max(rows, 3), height = (1 - gap * (rows - 1)) / rows;
  const top = 1 - Math.floor(panel / COLUMNS) * (height + gap);
  return { x: [left, left + width], y: [Math.max(0, top - height), top] };
}

function panelTraces(
  { counts }: ConfusionPanel,
  classes: readonly string[],
  panel: number,
): Trace[] {
  const { shares } = sharesOf(counts, classes);
  const axes = axesOf(panel);
  const perCent = (share: number) => Math.round(100 * share);
  const texts = shares.map((row) => row.map((share) => perCent(share) ? `${perCent(share)}` : ""));
  return [
    {
      ...shareCells(shares, classes, classes),
      ...axes,
      hovertemplate: "true %{y}, recognised as %{x}: %{z:.1%}<extra></extra>",
    },
    { ...textTrace(texts, shares, classes, classes, 10), ...axes },
  ];
}

const panelTitle = (text: string, { x, y }: ReturnType<typeof placeOf>) =>
  note(text, {
    ...{ x: (x[0] + x[1]) / 2, xref: "paper", xanchor: "center" },
    ...{ y: y[1], yref: "paper", yanchor: "bottom", yshift: 4 },
  }, 13);

function axesAt(panel: number, { x, y }: ReturnType<typeof placeOf>) {
  const style = { type: "category", showgrid: false, tickfont: { size: 10 } };
  return panelAxes(
    panel,
    axis("", { ...style, domain: x, tickangle: -40 }),
    axis("", { ...style, domain: y, autorange: "reversed" }),
  );
}
