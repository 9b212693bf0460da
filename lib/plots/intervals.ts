/** Numbers with their intervals, two of each thing side by side: dots on lines. @module */
import { errorBars, type Spread, spreadInWords } from "./spread.ts";
import {
  axesOf,
  axis,
  baseLayout,
  besideOthers,
  BLUE,
  ending,
  type Figure,
  hundredths,
  LEGEND_ABOVE,
  ORANGE,
  panelAxes,
  rowAxis,
  type Trace,
  verticalLine,
} from "./figure.ts";

/** What is drawn in one line: a number of each kind; undefined where there is none. */
export interface SpreadRow {
  name: string;
  /** The upper one. */
  first: Spread | undefined;
  /** The lower one. */
  second: Spread | undefined;
}

/** Lines under a common title, for example those of a corpus. */
export interface SpreadPanel {
  title: string;
  /** From top to bottom, at least one. */
  rows: readonly SpreadRow[];
}

/** What stands around the lines. */
export interface IntervalsOptions {
  title: string;
  /** Name of the quantity with its unit. */
  quantity: string;
  /** What the upper dots are. */
  first: string;
  /** What the lower dots are. @default {there are none, and the others stand on the lines} */
  second?: string;
  /** Where to draw a line from top to bottom, for example 0 for differences. @default {nowhere} */
  line?: number;
  /** Room for the names of a panel, px. @default {90} */
  nameWidth?: number;
}

/**
 * Dots with intervals, panel beside panel. Where there is no number, its place stays empty.
 * @param panels One or two.
 * @returns A figure of 900 px (520 for one panel; more with a larger `nameWidth`) and 40 px for each line, small circles above the first and below the second.
 * @throws {RangeError} If a panel has no line.
 * @example Usage
 * ```ts
 * import { intervalsFigure } from "ser/plots/intervals.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const rows = [{ name: "CNN", first: { value: 70, interval: [65, 75] as const }, second: undefined }];
 * const { data } = intervalsFigure([{ title: "RAVDESS", rows }], {
 *   ...{ title: "Accuracy", quantity: "Accuracy (%)", first: "the paper", second: "here" },
 * });
 * deepStrictEqual([data[0].x, data[0].text], [[70], ["CNN, the paper: 70.0 (65.0 to 75.0)"]]);
 * ```
 */
export function intervalsFigure(
  panels: readonly SpreadPanel[],
  options: IntervalsOptions,
): Figure {
  const { title, quantity, first, second, line, nameWidth = 90 } = options;
  if (panels.length === 0 || panels.some(({ rows }) => rows.length === 0)) {
    throw new RangeError(
      `Cannot draw intervals: expected panels of at least 1 line, received ${
        panels.map(({ rows }) => rows.length).join(", ") || "no panel"
      }`,
    );
  }
  const lines = Math.max(...panels.map(({ rows }) => rows.length));
  const width = (panels.length > 1 ? 810 : 430) + nameWidth;
  const margin = { l: nameWidth, t: 90 };
  const layout = baseLayout({ title, width, height: 140 + 40 * lines, margin });
  return {
    data: panels.flatMap(({ rows }, i) => [
      ...dots(rows, "first", {
        ...{ name: first, colour: ORANGE, legend: i === 0, panel: i, shift: second ? 0.17 : 0 },
      }),
      ...second === undefined ? [] : dots(rows, "second", {
        ...{ name: second, colour: BLUE, legend: i === 0, panel: i, shift: -0.17 },
      }),
    ]),
    layout: {
      ...layout,
      ...LEGEND_ABOVE,
      ...Object.assign(
        {},
        ...panels.map(({ title, rows }, i) =>
          panelAxes(
            i,
            axis(`${title}: ${quantity}`, { domain: besideOthers(i, panels.length, 0.14) }),
            rowAxis(rows.map(({ name }) => name), { range: [0.6 - rows.length, 0.6] }),
          )
        ),
      ),
      ...line === undefined ? {} : { shapes: panels.map((_, i) => lineAt(line, i)) },
    },
  };
}

function dots(
  rows: readonly SpreadRow[],
  which: "first" | "second",
  options: { name: string; colour: string; legend: boolean; panel: number; shift: number },
): Trace[] {
  const { name, colour, legend, panel, shift } = options;
  const found = rows.flatMap((row, i) => {
    const spread = row[which];
    return spread ? [{ name: row.name, y: shift - i, ...spread }] : [];
  });
  const small = found.flatMap(({ single = [], y }) =>
    single.map((value) => ({ value, y: y + (shift || 0.17) * 0.9 }))
  );
  const common = { type: "scatter", mode: "markers", name, legendgroup: which, ...axesOf(panel) };
  return [
    {
      ...common,
      x: found.map(({ value }) => hundredths(value)),
      y: found.map(({ y }) => y),
      error_x: errorBars(found, colour),
      marker: { color: colour, size: 9 },
      text: found.map((spread) => spreadInWords(spread.name, name, spread)),
      hovertemplate: "%{text}<extra></extra>",
      showlegend: legend,
    },
    {
      ...common,
      x: small.map(({ value }) => hundredths(value)),
      y: small.map(({ y }) => y),
      marker: { color: colour, size: 5, opacity: 0.7, symbol: "circle-open" },
      hoverinfo: "skip",
      showlegend: false,
    },
  ];
}

const lineAt = (x: number, panel: number) =>
  verticalLine(x, {
    xref: `x${ending(panel)}`,
    yref: `y${ending(panel)} domain`,
    layer: "below",
  });
