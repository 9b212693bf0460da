/** Hidden states of a recurrent network over the frames, speech and padding. @module */
import {
  axis,
  baseLayout,
  BLUE,
  ending,
  type Figure,
  INK,
  note,
  rounded,
  type Trace,
  verticalBand,
  verticalLine,
} from "./figure.ts";
import { type Padding, paddingEdges } from "./heatmaps.ts";

/** One panel: the same utterance, padded in one way. */
export interface StatesPanel {
  /** States after each frame, `[frames][units]`, each value in (-1, 1). */
  states: readonly (readonly number[])[];
  padding: Padding;
}

/** What is drawn. */
export interface StatesOptions {
  /** How many units have a line, the first of them. @default {12} */
  units?: number;
  /** @default {"Hidden states"} */
  title?: string;
}

/**
 * A line for each unit over the frames, a panel under the other; padding is shaded, and a dashed line
 * marks the last frame, whose state is what a network "many to one" goes on with.
 * @param panels At least one, all with as many frames.
 * @returns A figure of 720 px and 190 px a panel; about 7 bytes of JSON a value.
 * @throws {RangeError} If there is no panel, or one has no frame or more padding than frames.
 * @example Usage
 * ```ts
 * import { hiddenStatesFigure } from "ser/plots/hidden_states.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const states = [[0, 0], [0.5, -0.5], [0.7, -0.1]]; // 3 frames, 2 units
 * const { data } = hiddenStatesFigure([{ states, padding: { frames: 1, side: "before" } }]);
 * deepStrictEqual(data.map(({ y }) => y), [[0, 0.5, 0.7], [0, -0.5, -0.1]]);
 * ```
 */
export function hiddenStatesFigure(
  panels: readonly StatesPanel[],
  options: StatesOptions = {},
): Figure {
  const { units = 12, title = "Hidden states" } = options;
  checkPanels(panels);
  const frames = panels[0].states.length, height = (1 + GAP) / panels.length;
  const axes = panels.map((_, i) => {
    const top = 1 - i * height; // the first panel is the uppermost
    return axis("Hidden state", { range: [-1, 1], domain: [Math.max(0, top - height + GAP), top] });
  });
  return {
    data: panels.flatMap(({ states }, i) =>
      Array.from(
        { length: Math.min(units, states[0].length) },
        (_, unit) => unitTrace(states, unit, ending(i)),
      )
    ),
    layout: {
      ...baseLayout({ title, height: 100 + 190 * panels.length }),
      xaxis: axis("Frame", {
        range: [-0.5, frames - 0.5],
        anchor: `y${ending(panels.length - 1)}`,
      }),
      ...Object.fromEntries(axes.map((one, i) => [`yaxis${ending(i)}`, one])),
      shapes: panels.flatMap((panel, i) => [shade(panel, ending(i)), lastFrame(frames, ending(i))]),
      annotations: panels.map((panel, i) => label(panel, ending(i))),
    },
  };
}

/** Share of the height between two panels. */
const GAP = 0.1;

function unitTrace(states: StatesPanel["states"], unit: number, panel: string): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name: `unit ${unit + 1}`,
    yaxis: `y${panel}`,
    x0: 0,
    dx: 1,
    y: rounded(states.map((state) => state[unit]), 3),
    opacity: 0.7,
    line: { width: 1.2, color: BLUE },
    hovertemplate: `frame %{x}, unit ${unit + 1}: %{y}<extra></extra>`,
  };
}

const shade = ({ states, padding }: StatesPanel, suffix: string) =>
  verticalBand(...paddingEdges(padding, states.length), { yref: `y${suffix} domain` });

const lastFrame = (frames: number, suffix: string) =>
  verticalLine(frames - 1, {
    yref: `y${suffix} domain`,
    line: { color: INK, width: 1.2, dash: "dash" },
  });

function label({ states, padding }: StatesPanel, suffix: string) {
  const [x0, x1] = paddingEdges(padding, states.length), { frames, side } = padding;
  const place = { x: (x0 + x1) / 2, y: 0.97, yref: `y${suffix} domain`, yanchor: "top" };
  return note(`zeros ${side} the speech (${frames} frames)`, place, 11);
}

function checkPanels(panels: readonly StatesPanel[]): void {
  const frames = panels[0]?.states.length ?? 0;
  const fits = ({ states, padding }: StatesPanel) =>
    states.length === frames && padding.frames <= frames;
  if (frames >= 1 && panels.every(fits)) return;
  throw new RangeError(
    `Cannot draw the hidden states: expected panels with as many frames, at least 1, and no more ` +
      `padding, received [${
        panels.map(({ states, padding }) => `${states.length} with ${padding.frames} of padding`)
          .join(", ")
      }]`,
  );
}
