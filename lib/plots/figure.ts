/**
 * What every figure shares: the type, the style, and numbers made short for JSON. Figures are plain
 * Plotly JSON from plain arrays, so that a test can read them; nothing here draws. The sizes of JSON
 * that the figures state are without blanks; Jupyter saves notebooks indented, which doubles a
 * heatmap. @module
 */

import { SIGNED_SCALE } from "./colours.ts";

/** One trace of Plotly JSON. */
export interface Trace {
  type: string;
  [attribute: string]: unknown;
}

/** A layout of Plotly JSON; every figure has a size (px). */
export interface Layout {
  width: number;
  height: number;
  [attribute: string]: unknown;
}

/** A Plotly figure, JSON-serialisable: no typed arrays, no functions, no `undefined`. */
export interface Figure {
  data: Trace[];
  layout: Layout;
}

/** A matrix as `lib/features` makes them; row-major, rows are frames. */
export interface FrameMatrix {
  data: ArrayLike<number>;
  rows: number;
  columns: number;
}

/** Mid-grey of all text: contrast 4.3 both on white and on #111 (JupyterLab's dark theme). */
export const INK = "#7a7a7a";
/** Grid lines, translucent. */
export const GRID = "rgba(128,128,128,0.25)";
/** Shade over zero padding, translucent. */
export const PADDING_SHADE = "rgba(128,128,128,0.18)";
/** Line colour where no emotion is shown. */
export const BLUE = "#3182bd";
/** Second line colour. */
export const ORANGE = "#e6842a";

/** The part of a layout that all figures share. */
export interface FrameOptions {
  /** Says the finding or the subject. */
  title: string;
  /** Width in px. @default {720} */
  width?: number;
  /** Height in px. @default {340} */
  height?: number;
  /** Margins in px, over left 70, right 20, top 50, bottom 50. */
  margin?: { l?: number; r?: number; t?: number; b?: number };
}

/**
 * Size, title, margins and colours: transparent background, mid-grey text.
 * @returns A layout without axes.
 */
export function baseLayout(options: FrameOptions): Layout {
  const clear = "rgba(0,0,0,0)";
  return {
    width: options.width ?? 720,
    height: options.height ?? 340,
    margin: { l: 70, r: 20, t: 50, b: 50, ...options.margin },
    title: { text: options.title, font: { size: 15 }, x: 0.5, xanchor: "center" },
    font: { color: INK, size: 12 },
    paper_bgcolor: clear,
    plot_bgcolor: clear,
    modebar: { bgcolor: clear, color: INK, activecolor: BLUE },
    showlegend: false,
  };
}

/**
 * An axis in the common style.
 * @param title Name and unit, for example "Time (s)"; empty for none.
 * @param overrides Further Plotly attributes of the axis.
 */
export function axis(
  title: string,
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    title: { text: title, standoff: 8 },
    gridcolor: GRID,
    linecolor: GRID,
    tickcolor: GRID,
    zerolinecolor: "rgba(128,128,128,0.5)",
    zeroline: false,
    ...overrides,
  };
}

/** Plotly's ending of the axes of a panel, the first being 0: "", "2", "3". */
export const ending = (panel: number): string => panel === 0 ? "" : String(panel + 1);

/** The axes that a trace of a panel is drawn on. */
export const axesOf = (panel: number) => ({
  xaxis: `x${ending(panel)}`,
  yaxis: `y${ending(panel)}`,
});

/** The axes of a panel, each where the other ends. */
export const panelAxes = (
  panel: number,
  x: Record<string, unknown>,
  y: Record<string, unknown>,
): Record<string, unknown> => ({
  [`xaxis${ending(panel)}`]: { ...x, anchor: `y${ending(panel)}` },
  [`yaxis${ending(panel)}`]: { ...y, anchor: `x${ending(panel)}` },
});

/** The part of the width that one of several panels side by side has. */
export function besideOthers(panel: number, of: number, gap: number): [number, number] {
  const width = (1 - gap * (of - 1)) / of, from = panel * (width + gap);
  return [from, from + width];
}

/** A heatmap of signed values; zero has the middle colour, the largest value the strongest. */
export function signedHeatmap(z: (number | null)[][], unit: string, limit?: number): Trace {
  const most = limit ??
    (z.flat().reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0) || 1);
  const colorbar = colourBar(unit);
  return { type: "heatmap", z, zmin: -most, zmax: most, colorscale: SIGNED_SCALE, colorbar };
}

/** A thin bar that explains the colours of a heatmap. */
export const colourBar = (text: string, place: { y?: number; len?: number } = {}) => ({
  title: { text },
  thickness: 12,
  outlinewidth: 0,
  ...place,
});

/** A vertical axis with a name for each row, the first at 0, the next at -1 and so on. */
export const rowAxis = (names: readonly string[], overrides: Record<string, unknown>) =>
  axis("", { tickvals: names.map((_, i) => 0 - i), ticktext: names, ...overrides });

/** Words on a figure, at the place that Plotly's attributes give. */
export const note = (text: string, place: Record<string, unknown>, size = 12) => ({
  text,
  showarrow: false,
  font: { color: INK, size },
  ...place,
});

/** A dotted line from bottom to top of the plot, or of the panel that the style names. */
export const verticalLine = (x: number, style: Record<string, unknown> = {}) => ({
  type: "line",
  x0: x,
  x1: x,
  y0: 0,
  y1: 1,
  yref: "paper",
  line: { color: INK, width: 1, dash: "dot" },
  ...style,
});

/** A shade from bottom to top of the plot, or of the panel that the style names. */
export const verticalBand = (x0: unknown, x1: unknown, style: Record<string, unknown> = {}) => ({
  type: "rect",
  x0,
  x1,
  y0: 0,
  y1: 1,
  yref: "paper",
  layer: "below",
  fillcolor: PADDING_SHADE,
  line: { width: 0 },
  ...style,
});

/** A legend in one line between title and plot. */
export const LEGEND_ABOVE = {
  showlegend: true,
  legend: { orientation: "h", x: 0.5, xanchor: "center", y: 1.02, yanchor: "bottom" },
};

/**
 * Rounds to significant digits, so that JSON stays small.
 * @param value Any number; NaN and infinities become null, Plotly's gap.
 * @param digits Significant digits, `>= 1`.
 * @example Usage
 * ```ts
 * import { round } from "ser/plots/figure.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(round(-0.0123456), -0.01235);
 * strictEqual(round(0 / 0), null);
 * ```
 */
export function round(value: number, digits = 4): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
}

/** Two decimals: a thousandth of a percent is of no use. */
export const hundredths = (value: number): number => Number(value.toFixed(2));

/** Rounds an array of numbers of any kind into a plain array. */
export function rounded(values: ArrayLike<number>, digits = 4): (number | null)[] {
  return Array.from(values, (value) => round(value, digits));
}

/**
 * The columns of a matrix `[frames, columns]` as rows, as heatmaps want them when frames run from left
 * to right. A `TypeError` if the data's length is not rows x columns.
 */
export function transposed(matrix: FrameMatrix, digits: number): (number | null)[][] {
  const { data, rows, columns } = matrix;
  if (data.length !== rows * columns) {
    throw new TypeError(
      `Cannot plot the matrix: expected ${rows} x ${columns} = ${
        rows * columns
      } values, received ${data.length}`,
    );
  }
  return Array.from(
    { length: columns },
    (_, column) =>
      Array.from({ length: rows }, (_, row) => round(data[row * columns + column], digits)),
  );
}
