/** Plain lines over one axis. @module */
import {
  axis,
  baseLayout,
  BLUE,
  type Figure,
  INK,
  note,
  ORANGE,
  rounded,
  verticalLine,
} from "./figure.ts";

const COLOURS = [BLUE, ORANGE, INK];

/** What stands around the lines. */
export interface LinesOptions {
  /** Says the finding or the subject. */
  title: string;
  /** Title of the horizontal axis, with its unit. */
  xTitle: string;
  /** Title of the vertical axis, with its unit. */
  yTitle: string;
  /** Range of the vertical axis. @default {Plotly's} */
  yRange?: [number, number];
  /** A vertical line with words beside it, for example a threshold. @default {none} */
  mark?: { x: number; text: string };
  /** Colour of a line by its name, for example `emotionColour`. @default {blue, orange, grey in turn} */
  colourOf?: (name: string) => string;
}

/**
 * Lines over a common axis, with a legend if there are several.
 * @param x Where the values stand, `[n]`.
 * @param lines Values of each line by its name, `[n]` each.
 * @returns A figure of 720 x 340 px.
 * @throws {RangeError} If a line has not as many values as x.
 * @example Usage
 * ```ts
 * import { linesFigure } from "ser/plots/lines.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const titles = { title: "Falling", xTitle: "Shift (frames)", yTitle: "Accuracy (%)" };
 * const { data } = linesFigure([0, 5, 10], { CNN: [60, 55, 40] }, titles);
 * deepStrictEqual([data[0].x, data[0].y], [[0, 5, 10], [60, 55, 40]]);
 * ```
 */
export function linesFigure(
  x: ArrayLike<number>,
  lines: Readonly<Record<string, ArrayLike<number>>>,
  options: LinesOptions,
): Figure {
  const { title, xTitle, yTitle, yRange, mark, colourOf } = options;
  const several = Object.keys(lines).length > 1;
  for (const [name, { length }] of Object.entries(lines)) {
    if (length !== x.length) {
      throw new RangeError(
        `Cannot draw the line "${name}": expected ${x.length} values, received ${length}`,
      );
    }
  }
  return {
    data: Object.entries(lines).map(([name, y], i) => ({
      type: "scatter",
      mode: x.length > 30 ? "lines" : "lines+markers",
      name,
      x: rounded(x),
      y: rounded(y),
      line: { width: 1.8, color: colourOf?.(name) ?? COLOURS[i % COLOURS.length] },
      hovertemplate: `${name}: %{y:.3g} at %{x:.3g}<extra></extra>`,
    })),
    layout: {
      ...baseLayout({ title, margin: { r: several ? 110 : 20 } }),
      showlegend: several,
      xaxis: axis(xTitle),
      yaxis: axis(yTitle, yRange ? { range: yRange } : {}),
      ...mark ? marked(mark) : {},
    },
  };
}

/** A line from bottom to top, its words to the right of its middle. */
const marked = ({ x, text }: { x: number; text: string }) => ({
  shapes: [verticalLine(x, { line: { color: INK, width: 1.5, dash: "dot" } })],
  annotations: [
    note(text, { x, xanchor: "left", xshift: 6, yref: "paper", y: 0.5, yanchor: "middle" }),
  ],
});
