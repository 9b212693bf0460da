/** Printed percentages against the shares that can be: which are rounded, which are no share at all. @module */
import {
  axis,
  baseLayout,
  BLUE,
  type Figure,
  GRID,
  INK,
  ORANGE,
  round,
  rowAxis,
  verticalBand,
} from "./figure.ts";

/** One printed number. */
export interface PrintedNumber {
  /** The line that it stands on, for example a table. */
  row: string;
  /** What to write beside it if it lies outside of rounding. */
  label: string;
  /** The nearest share less the printed number, in units of the last printed digit. */
  off: number;
}

/** Half a digit, and a little for the binary form of decimals. */
const ROUNDED = 0.5 - 1e-9;

/**
 * One dot for each number; in the grey band, half a digit to each side, are those that are rounded.
 * @param numbers At least one; rows come from top to bottom in the order of their first number.
 * @returns A figure of 820 x (150 + 60 per row) px; numbers at the band's edge or
 *   outside of it in orange, equal ones once, with their labels.
 * @throws {RangeError} If there is no number.
 * @example Usage
 * ```ts
 * import { roundingFigure } from "ser/plots/rounding.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const numbers = [
 *   { row: "Table 2", label: "74", off: -0.04 },
 *   { row: "Table 2", label: "45.18", off: -4.1 },
 * ];
 * const [rounded, others] = roundingFigure(numbers, { title: "Printed" }).data;
 * deepStrictEqual([rounded.x, others.x, others.text], [[-0.04], [-4.1], ["45.18"]]);
 * ```
 */
export function roundingFigure(
  numbers: readonly PrintedNumber[],
  options: { title: string },
): Figure {
  if (numbers.length === 0) {
    throw new RangeError("Cannot draw printed numbers: expected at least 1, received none");
  }
  const rows = [...new Set(numbers.map(({ row }) => row))];
  const [good, odd] = [false, true].map((wanted) =>
    rows.flatMap((row, i) => {
      const those = numbers.filter((each) =>
        each.row === row && Math.abs(each.off) >= ROUNDED === wanted
      );
      return wanted ? beneath(counted(those), i) : beside(those, i);
    })
  );
  const trace = (those: readonly Placed[], colour: string, mode: string) => ({
    ...{ type: "scatter", mode, x: those.map(({ off }) => round(off, 3)) },
    y: those.map(({ y }) => y),
    text: those.map(({ label }) => label),
    textposition: "middle right",
    textfont: { color: INK, size: 12 },
    cliponaxis: false,
    marker: { color: colour, size: 8, opacity: 0.85 },
    hovertemplate: "%{text}: %{x:.2f} digits off<extra></extra>",
  });
  return {
    data: [trace(good, BLUE, "markers"), trace(odd, ORANGE, "markers+text")],
    layout: {
      ...baseLayout({
        ...{ title: options.title, width: 820, height: 150 + 60 * rows.length },
        margin: { l: 110, r: 190 },
      }),
      xaxis: axis("Nearest k / n less the printed number (units of its last digit)"),
      yaxis: rowAxis(rows, { range: [0.5 - rows.length, 0.5] }),
      shapes: [verticalBand(-0.5, 0.5, { fillcolor: GRID })],
    },
  };
}

type Placed = PrintedNumber & { y: number };

/** Many lie near 0: in five lanes of their row. */
const beside = (numbers: readonly PrintedNumber[], row: number): Placed[] =>
  numbers.map((number, n) => ({ ...number, y: -row + 0.12 * (n % 5 - 2) }));

/** Labels need a lane each. */
const beneath = (numbers: readonly PrintedNumber[], row: number): Placed[] =>
  numbers.map((number, n) => ({ ...number, y: -row + 0.3 * ((numbers.length - 1) / 2 - n) }));

/** Equal numbers of a row once, with how often. */
function counted(numbers: readonly PrintedNumber[]): PrintedNumber[] {
  return [...Map.groupBy(numbers, ({ label }) => label).values()].map((alike) => ({
    ...alike[0],
    label: alike[0].label + (alike.length > 1 ? ` (${alike.length} times)` : ""),
  }));
}
