/** Lengths of a sequence from layer to layer, for several readings of a text. @module */
import { axis, baseLayout, BLUE, type Figure, INK, LEGEND_ABOVE, ORANGE } from "./figure.ts";

/** Lengths under one reading. */
export interface LengthChain {
  name: string;
  /** The input's length, then one for each layer. */
  lengths: readonly number[];
}

const COLOURS = [BLUE, ORANGE];

/**
 * A line for each reading over the layers, with its numbers, and what is printed as rings.
 * @param chains Up to two, each with as many lengths as are printed.
 * @param printed The lengths that a text has.
 * @returns A figure of 720 x 380 px.
 * @throws {RangeError} If a chain has another number of lengths than are printed.
 */
export function lengthsFigure(
  chains: readonly LengthChain[],
  printed: readonly number[],
  options: { title: string },
): Figure {
  for (const { name, lengths } of chains) {
    if (lengths.length !== printed.length) {
      throw new RangeError(
        `Cannot draw the lengths of "${name}": expected ${printed.length}, received ${lengths.length}`,
      );
    }
  }
  const layers = printed.map((_, i) => i === 0 ? "frames" : `convolution ${i}`);
  return {
    data: [
      {
        ...{ type: "scatter", mode: "markers", name: "printed", x: layers, y: [...printed] },
        marker: { symbol: "circle-open", size: 16, color: INK, line: { width: 2 } },
      },
      ...chains.map(({ name, lengths }, i) => ({
        ...{ type: "scatter", mode: "lines+markers+text", name, x: layers, y: [...lengths] },
        text: lengths.map((length, at) =>
          at > 0 && (i === 0 || length !== printed[at]) ? length : ""
        ),
        textposition: i === 0 ? "top right" : "bottom left",
        textfont: { size: 12, color: INK },
        line: { width: 2, color: COLOURS[i] },
        marker: { size: 6 },
      })),
    ],
    layout: {
      ...baseLayout({ title: options.title, height: 380, margin: { t: 80 } }),
      ...LEGEND_ABOVE,
      xaxis: axis("Layer", { type: "category" }),
      yaxis: axis("Positions in the sequence"),
    },
  };
}
