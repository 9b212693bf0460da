/** How far a stack of convolutions sees: the receptive field, layer by layer. @module */
import { axis, baseLayout, BLUE, type Figure, GRID, note, type Trace } from "./figure.ts";

/** What a layer's positions see of the frames, and what the last layer's position sees of them. */
export interface FieldLayer {
  /** Frames that one position of this layer sees. */
  sees: number;
  /** Positions of this layer that one position of the last layer sees. */
  seen: number;
}

/** The receptive field from the frames (first entry) to the last convolution; stride 1. */
export function receptiveFields(kernelSizes: readonly number[]): FieldLayer[] {
  const field = (kernels: readonly number[]) => kernels.reduce((sum, k) => sum + k - 1, 1);
  return Array.from({ length: kernelSizes.length + 1 }, (_, layer) => ({
    sees: field(kernelSizes.slice(0, layer)),
    seen: field(kernelSizes.slice(layer)),
  }));
}

/**
 * A pyramid: at its top one position of the last convolution, below it in each layer the positions
 * that it sees, at the bottom the frames. Each position stands over the middle of what it sees.
 * @param kernelSizes First layer first.
 * @returns A figure of 720 x (150 + 44 per layer) px, 4 KB of JSON.
 * @throws {RangeError} If there is no kernel, or one is no whole number >= 1.
 */
export function receptiveFieldFigure(
  kernelSizes: readonly number[],
  options: { title?: string } = {},
): Figure {
  if (kernelSizes.length < 1 || !kernelSizes.every((k) => Number.isInteger(k) && k >= 1)) {
    throw new RangeError(
      `Cannot draw the receptive field: expected kernel sizes >= 1, received [${
        kernelSizes.join(", ")
      }]`,
    );
  }
  const fields = receptiveFields(kernelSizes), frames = fields[0].seen;
  const { title = `One position of the last layer sees ${frames} frames` } = options;
  const names = fields.map((_, i) => i === 0 ? "frames" : `convolution ${i}`);
  const edges = 2; // neighbours drawn on each side of the pyramid's foot
  return {
    data: fields.map(({ sees, seen }, layer) =>
      positions(names[layer], layer, { sees, seen, from: -edges, to: frames + edges })
    ),
    layout: {
      ...baseLayout({ title, height: 150 + 44 * kernelSizes.length, margin: { l: 170, r: 90 } }),
      xaxis: axis("Frame", { range: [-edges - 0.8, frames + edges - 0.2], showgrid: false }),
      yaxis: axis("", {
        range: [-0.5, kernelSizes.length + 0.5],
        tickvals: names.map((_, layer) => layer),
        ticktext: names.map((name, layer) =>
          layer ? `${name}, kernel ${kernelSizes[layer - 1]}` : name
        ),
        showgrid: false,
      }),
      annotations: fields.map(({ sees }, y) =>
        note(`sees ${sees}`, { x: 1, xref: "paper", xanchor: "left", xshift: 10, y })
      ),
    },
  };
}

/** One layer's positions, those inside the pyramid in colour. */
function positions(
  name: string,
  layer: number,
  { sees, seen, from, to }: FieldLayer & { from: number; to: number },
): Trace {
  const count = to - from - sees + 1; // the filter stays inside of what is drawn
  const starts = Array.from({ length: count }, (_, i) => from + i);
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: starts.map((start) => start + (sees - 1) / 2),
    y: starts.map(() => layer),
    marker: {
      symbol: "square",
      size: 13,
      color: starts.map((start) => start >= 0 && start < seen ? BLUE : GRID),
    },
    text: starts.map((start) => `${name}: sees frames ${start} to ${start + sees - 1}`),
    hovertemplate: "%{text}<extra></extra>",
  };
}
