/** What the units of a layer look for: weights as small pictures, and a whole matrix. @module */
import { POSITIVE_SCALE } from "./colours.ts";
import { axis, baseLayout, type Figure, round, signedHeatmap, type Trace } from "./figure.ts";
import type { LinesOptions } from "./lines.ts";

/** How pictures are laid out. */
export interface TilesOptions {
  /** Says the finding or the subject. */
  title: string;
  /** Pixels of a picture from left to right; its length is a multiple of it. */
  columns: number;
  /** Name of the values, for colour bar and hover. @default {"weight"} */
  unit?: string;
}

/**
 * A weight matrix; colours are symmetric about 0, or begin there if no weight is negative.
 * @param weights `[rows][columns]`; rows are drawn from bottom to top.
 * @returns A figure of 720 x 340 px; 40 x 128 weights make 40 KB of JSON.
 * @throws {RangeError} If there is no weight.
 * @example Usage
 * ```ts
 * import { weightsFigure } from "ser/plots/weights.ts";
 * import { strictEqual } from "node:assert/strict";
 * const titles = { title: "Two units", xTitle: "Unit", yTitle: "Input" };
 * strictEqual(weightsFigure([[1, -3], [0, 2]], titles).data[0].zmax, 3);
 * ```
 */
export function weightsFigure(
  weights: readonly ArrayLike<number>[],
  options: Pick<LinesOptions, "title" | "xTitle" | "yTitle">,
): Figure {
  const { title, xTitle, yTitle } = options;
  return {
    data: [signedMap(weights, "weight")],
    layout: {
      ...baseLayout({ title, margin: { r: 80 } }),
      xaxis: axis(xTitle, { showgrid: false }),
      yaxis: axis(yTitle, { showgrid: false }),
    },
  };
}

/**
 * Small pictures in one row, with a gap between two; colours are symmetric about 0, or begin there if
 * no value is negative.
 * @param pictures One value per pixel, row by row from the top, `[columns * height]` each.
 * @returns A figure of 720 x 200 px.
 * @throws {RangeError} If there is no picture, or one does not fill rows of the given width.
 * @example Usage
 * ```ts
 * import { tilesFigure } from "ser/plots/weights.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const { data } = tilesFigure([[1, 2, 3, 4], [5, 6, 7, 8]], { title: "Two", columns: 2 });
 * deepStrictEqual(data[0].z, [[1, 2, null, 5, 6], [3, 4, null, 7, 8]]);
 * ```
 */
export function tilesFigure(
  pictures: readonly ArrayLike<number>[],
  options: TilesOptions,
): Figure {
  const { title, columns, unit = "weight" } = options;
  const size = pictures[0]?.length ?? 0;
  if (!size || size % columns || pictures.some(({ length }) => length !== size)) {
    throw new RangeError(
      `Cannot draw the pictures: expected rows of ${columns} pixels, as many in each, received ${
        pictures.map(({ length }) => length).join(", ") || "no picture"
      }`,
    );
  }
  const line = (y: number) =>
    pictures.flatMap((picture, i) => [
      ...(i ? [NaN] : []),
      ...Array.from(picture).slice(y * columns, (y + 1) * columns),
    ]);
  const hidden = { visible: false, showgrid: false };
  const middle = (i: number) => i * (columns + 1) + (columns - 1) / 2;
  return {
    data: [signedMap(Array.from({ length: size / columns }, (_, y) => line(y)), unit)],
    layout: {
      ...baseLayout({ title, height: 200, margin: { l: 20, r: 80 } }),
      xaxis: axis("", {
        showgrid: false,
        tickvals: pictures.map((_, i) => middle(i)),
        ticktext: pictures.map((_, i) => String(i + 1)),
      }),
      yaxis: axis("", { ...hidden, autorange: "reversed", scaleanchor: "x" }),
    },
  };
}

function signedMap(rows: readonly ArrayLike<number>[], unit: string): Trace {
  const z = rows.map((row) => Array.from(row, (value) => round(value, 3)));
  const signed = z.flat().some((value) => (value ?? 0) < 0);
  if (!z.flat().length) {
    throw new RangeError("Cannot draw the weights: expected at least 1, received none");
  }
  return {
    ...signedHeatmap(z, unit),
    ...(signed ? {} : { zmin: 0, colorscale: POSITIVE_SCALE }),
    hoverongaps: false,
    hovertemplate: `%{z} ${unit}<extra></extra>`,
  };
}
