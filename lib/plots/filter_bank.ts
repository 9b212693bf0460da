/** The mel filter bank, triangle by triangle. @module */
import { axis, baseLayout, type Figure, type FrameMatrix, round } from "./figure.ts";
import { colourAt, LEVEL_SCALE } from "./colours.ts";

/**
 * Triangles of a mel filter bank over frequency.
 * @param bank Weights, `[bands, bins]`; the bins go from 0 to half the sampling rate.
 * @param sampleRate In Hz.
 * @param options Draw each `every`-th band; title.
 * @returns A figure of 720 x 300 px.
 * @throws {RangeError} If `every` is below 1.
 * @example Usage
 * ```ts
 * import { filterBankFigure } from "ser/plots/filter_bank.ts";
 * import { strictEqual } from "node:assert/strict";
 * const bank = { data: Float32Array.of(0, 1, 0, 0, 0, 1), rows: 2, columns: 3 };
 * strictEqual(filterBankFigure(bank, 8000).data.length, 2);
 * ```
 */
export function filterBankFigure(
  bank: FrameMatrix,
  sampleRate: number,
  options: { every?: number; title?: string } = {},
): Figure {
  const { every = 1, title = "Mel filter bank" } = options;
  if (!(every >= 1)) {
    throw new RangeError(`Cannot draw the filter bank: expected every >= 1, received ${every}`);
  }
  const hz = sampleRate / 2 / (bank.columns - 1);
  const data = [];
  for (let band = 0; band < bank.rows; band += every) {
    const weights = Array.from(
      { length: bank.columns },
      (_, bin) => bank.data[band * bank.columns + bin],
    );
    const first = Math.max(0, weights.findIndex((w) => w > 0) - 1);
    const last = Math.min(bank.columns - 1, weights.findLastIndex((w) => w > 0) + 1);
    const [r, g, b] = colourAt(LEVEL_SCALE, 0.9 * band / bank.rows);
    data.push({
      type: "scatter",
      mode: "lines",
      name: `band ${band}`,
      x: weights.slice(first, last + 1).map((_, i) => round((first + i) * hz)),
      y: weights.slice(first, last + 1).map((w) => round(w)),
      line: { width: 1.5, color: `rgb(${r},${g},${b})` },
      showlegend: false,
      hovertemplate: "%{x:.0f} Hz<extra>%{fullData.name}</extra>",
    });
  }
  return {
    data,
    layout: {
      ...baseLayout({ title, height: 300 }),
      xaxis: axis("Frequency (Hz)", { range: [0, sampleRate / 2] }),
      yaxis: axis("Weight (1/Hz)", { rangemode: "tozero" }),
    },
  };
}
