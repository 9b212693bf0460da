/** A model drawn layer by layer, from top to bottom. @module */
import type * as tf from "@tensorflow/tfjs";
import { type LayerBlock, layerBlocks } from "../models/layer_blocks.ts";
import type { Sight } from "../models/layer_words.ts";
import { axis, baseLayout, BLUE, type Figure, GRID, INK, note, ORANGE, round } from "./figure.ts";

/** From one frame to the next, and of one frame, in seconds (512 and 2,048 samples at 22,050 Hz). */
const HOP = 512 / 22050, FRAME = 2048 / 22050;

/** Height of a row, and of its thickest bar, as a share of the row. */
const ROW = 50, THICKEST = 0.62;
/** Where the columns right of the bars end (px from the plot's edge), and their heads. */
const COLUMNS = [{ head: "puts out", end: 85 }, { head: "parameters", end: 170 }, {
  head: "sees",
  end: 286,
}];

/**
 * Draws each layer as a bar as wide as it has positions and as thick as each has values (logarithmic),
 * beside it its shape, its parameters and what one position sees of the input: frames, and how long a
 * piece of speech they cover, the steps between them and one frame's 93 ms. A model without
 * positions has bars as wide as their values are many. All numbers are the model's own.
 * @param model One of the paper's six, trained or not.
 * @param options Its title. @default {the number of parameters}
 * @returns A figure of 720 px and 50 px for each layer, 8 KB of JSON.
 * @throws {TypeError} If the model has a layer of an unknown kind.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { dbnNetwork } from "ser/dbn/network.ts";
 * import { modelFigure } from "ser/plots/model_diagram.ts";
 * import { strictEqual } from "node:assert/strict";
 * await loadBackend();
 * const { layout } = modelFigure(dbnNetwork({ classes: 8 }));
 * strictEqual((layout.title as { text: string }).text, "Layer by layer: 39,304 parameters");
 * ```
 */
export function modelFigure(model: tf.LayersModel, options: { title?: string } = {}): Figure {
  const blocks = layerBlocks(model), bars = barsOf(blocks);
  const { title = `Layer by layer: ${inThousands(model.countParams())} parameters` } = options;
  const frames = blocks[0].shape[0];
  const cells = blocks.map(({ shape, parameters, sees }) => [
    shape.map(inThousands).join(" × "),
    parameters === 0 ? "–" : inThousands(parameters),
    sightInWords(sees, frames),
  ]);
  return {
    data: [{
      type: "scatter",
      mode: "markers",
      x: blocks.map(() => 0),
      y: blocks.map((_, row) => 0 - row),
      marker: { size: 16, color: "rgba(0,0,0,0)" },
      text: blocks.map(({ layers }, row) => `${layers.join(", ")}: ${cells[row].join("; ")}`),
      hovertemplate: "%{text}<extra></extra>",
    }],
    layout: {
      ...baseLayout({
        ...{ title, height: 110 + ROW * blocks.length },
        margin: { l: 214, r: 296, t: 50, b: 40 },
      }),
      xaxis: axis(scaleInWords(blocks), { ...BARE, range: [-0.5, 0.5] }),
      yaxis: axis("", { ...BARE, range: [0.5 - blocks.length, 1] }),
      shapes: [...funnels(bars), ...bars.map((bar, row) => barShape(bar, row, blocks[row]))],
      annotations: [
        ...COLUMNS.map(({ head, end }) => label(head, 0.8, { end })),
        ...blocks.flatMap(({ title, then }, row) => [
          label(named(title, then), 0 - row, {}),
          ...COLUMNS.map(({ end }, column) => label(cells[row][column], 0 - row, { end })),
        ]),
      ],
    },
  };
}

const BARE = {
  showgrid: false,
  showline: false,
  showticklabels: false,
  ticks: "",
  fixedrange: true,
};

/** Width in [0, 1] of the plot, thickness in rows. */
interface Bar {
  width: number;
  thickness: number;
}

function barsOf(blocks: readonly LayerBlock[]): Bar[] {
  const inTime = blocks[0].shape.length === 2;
  const most = Math.max(...blocks.map(({ shape }) => shape[0]));
  const values = blocks.map(({ shape }) => shape.at(-1)!), top = Math.log2(Math.max(...values) + 1);
  return blocks.map(({ shape }, i) => ({
    width: inTime && shape.length === 1 ? 0.02 : Math.max(0.02, shape[0] / widest(most, blocks)),
    thickness: inTime ? THICKEST * Math.max(0.12, Math.log2(values[i] + 1) / top) : THICKEST / 2,
  }));
}

/** Positions of the first layer; where there are none, the most values. */
const widest = (most: number, [{ shape }]: readonly LayerBlock[]): number =>
  shape.length === 2 ? shape[0] : most;

const xOf = (share: number): number => round(share)!;

function barShape({ width, thickness }: Bar, row: number, { title, parameters }: LayerBlock) {
  const fillcolor = title === "attention" ? ORANGE : parameters > 0 ? BLUE : INK;
  return {
    ...{ type: "rect", line: { width: 0 }, fillcolor },
    ...{ x0: xOf(-width / 2), x1: xOf(width / 2) },
    ...{ y0: xOf(0 - row - thickness / 2), y1: xOf(-row + thickness / 2) },
  };
}

/** A translucent connection between neighbours. */
const funnels = (bars: readonly Bar[]) =>
  bars.slice(1).map((bar, i) => {
    const above = bars[i], y0 = xOf(-i - above.thickness / 2);
    const y1 = xOf(-i - 1 + bar.thickness / 2),
      [from, to] = [above.width / 2, bar.width / 2].map(xOf);
    return {
      ...{ type: "path", layer: "below", fillcolor: GRID, line: { width: 0 } },
      path: `M${-from},${y0} L${from},${y0} L${to},${y1} L${-to},${y1} Z`,
    };
  });

const named = (title: string, then: readonly string[]): string =>
  then.length === 0 ? title : `${title}<br><span style="font-size:11px">${then.join(", ")}</span>`;

/** Text left of the bars, or right of them so that it ends at a place. */
const label = (text: string, y: number, { end }: { end?: number }) =>
  note(text, {
    ...{ y, yanchor: "middle", xref: "paper", xanchor: "right", align: "right" },
    ...(end === undefined ? { x: 0, xshift: -12 } : { x: 1, xshift: end }),
  });

const inThousands = (count: number): string => count.toLocaleString("en");

function sightInWords(sees: Sight, frames: number): string {
  const lasts = (n: number) => {
    const seconds = (n - 1) * HOP + FRAME;
    return seconds < 1 ? `${Math.round(1000 * seconds)} ms` : `${seconds.toFixed(1)} s`;
  };
  if (sees === "mean") return "all, averaged";
  if (sees === "past") return "frames so far";
  if (sees === "all") return `all, ${lasts(frames)}`;
  return `${sees} frame${sees === 1 ? "" : "s"}, ${lasts(sees)}`;
}

function scaleInWords([{ shape, sees }]: readonly LayerBlock[]): string {
  if (shape.length === 1) return "width: values";
  return `width: ${sees === "mean" ? "coefficients" : "time"}; thickness: values (log)`;
}
