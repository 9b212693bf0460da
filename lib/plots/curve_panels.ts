/** Two panels over the epochs, accuracy (left) and loss (right): what all figures of a training share. @module */
import {
  axis,
  baseLayout,
  type Figure,
  INK,
  LEGEND_ABOVE,
  note,
  type Trace,
  verticalLine,
} from "./figure.ts";

/** Plotly's suffix of a subplot's axes: accuracy "", loss "2". */
export type Subplot = "" | "2";
const SUBPLOTS: readonly Subplot[] = ["", "2"];

/** A change of the learning rate: from this many epochs on it is `rate`. The first, from 0, has no line. */
export type LearningRateStep = { from: number; rate: number };

/**
 * The layout, with a dashed line where the learning rate changes. Where the first tenth of the epochs
 * has losses more than twice as high as all that follow, the right panel is scaled to the latter, and
 * a note tells how far the curves rise above it. Losses are the curves of the right panel, in nats.
 */
export function panelLayout(
  { title, losses, learningRateSteps }: {
    title: string;
    losses: readonly ArrayLike<number>[];
    learningRateSteps: readonly LearningRateStep[];
  },
): Figure["layout"] {
  const epochs = Math.max(...losses.map(({ length }) => length));
  const steps = learningRateSteps.filter((step) => step.from > 0 && step.from < epochs);
  const range = epochs > 1 ? [1, epochs] : [0.5, 1.5];
  const highest = highestOf(losses, 0), later = highestOf(losses, Math.floor(epochs / 10));
  const lossScale = highest > 2 * later ? { range: [0, 1.05 * later] } : { rangemode: "tozero" };
  return {
    ...baseLayout({ title, height: 360, margin: { l: 60, t: 84 } }),
    ...LEGEND_ABOVE,
    xaxis: axis("Epoch", { domain: [0, 0.44], range }),
    yaxis: axis("Accuracy (%)", { range: [0, 100] }),
    xaxis2: axis("Epoch", { domain: [0.56, 1], range, anchor: "y2" }),
    yaxis2: axis("Loss (nats)", { anchor: "x2", ...lossScale }),
    shapes: steps.flatMap(({ from }) => SUBPLOTS.map((n) => stepLine(from + 0.5, n))),
    annotations: [
      ...steps.flatMap(({ from, rate }) => SUBPLOTS.map((n) => stepLabel(from, rate, n))),
      ...("range" in lossScale ? [aboveLabel(highest)] : []),
    ],
  };
}

/** One line over the epochs; lines of one name have one entry in the legend. */
export function curve(name: string, y: unknown[], color: string, subplot: Subplot): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name,
    legendgroup: name,
    showlegend: subplot === "",
    xaxis: "x" + subplot,
    yaxis: "y" + subplot,
    x0: 1,
    dx: 1,
    y,
    line: { width: 1.6, color },
    hovertemplate: `epoch %{x}, ${name}: %{y:.3g}<extra></extra>`,
  };
}

/** The highest loss from an epoch (0-based) on. */
function highestOf(losses: readonly ArrayLike<number>[], from: number): number {
  return Math.max(...losses.flatMap((values) => Array.from(values).slice(from)));
}

const aboveLabel = (highest: number) =>
  note(`first epochs:<br>up to ${highest.toFixed(1)}`, {
    align: "right",
    ...{ x: 1, xref: "x2 domain", xanchor: "right", y: 1, yref: "y2 domain", yanchor: "top" },
    yshift: -30, // below the label of a step, which a narrow panel has no room beside
    hovertext: `The first epochs reach ${highest.toFixed(1)}; double-click shows them`,
  }, 11);

const stepLine = (x: number, subplot: Subplot) =>
  verticalLine(x, {
    xref: "x" + subplot,
    yref: `y${subplot} domain`,
    line: { color: INK, width: 1.2, dash: "dash" },
  });

function stepLabel(from: number, rate: number, subplot: Subplot) {
  const exponent = Math.log10(rate);
  const text = Number.isInteger(exponent) ? `10<sup>${exponent}</sup>` : String(rate);
  const [y, yanchor] = subplot ? [1, "top"] : [0, "bottom"];
  const across = { x: from + 0.5, xref: "x" + subplot, xanchor: "left", xshift: 3, align: "left" };
  const up = { y, yref: `y${subplot} domain`, yanchor };
  return note(`after epoch ${from}:<br>learning rate ${text}`, { ...across, ...up }, 11);
}
