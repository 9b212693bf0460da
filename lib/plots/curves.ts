/** Learning curves: accuracy and loss over the epochs. @module */
import {
  axis,
  baseLayout,
  BLUE,
  type Figure,
  INK,
  ORANGE,
  round,
  rounded,
  type Trace,
} from "./figure.ts";

/** What is drawn of a training history; all arrays `[epochs]`. */
export interface CurveHistory {
  loss: ArrayLike<number>;
  /** In [0, 1]. */
  accuracy: ArrayLike<number>;
  testLoss: ArrayLike<number>;
  /** In [0, 1]. */
  testAccuracy: ArrayLike<number>;
}

/** Plotly's suffix of a subplot's axes: accuracy "", loss "2". */
type Subplot = "" | "2";
const SUBPLOTS: readonly Subplot[] = ["", "2"];

/** What to mark beside the curves. */
export interface CurveOptions {
  /** Where the learning rate changes: from this many epochs on it is `rate`. The first, from 0, has no line. */
  learningRateSteps?: readonly { from: number; rate: number }[];
  /** @default {"Learning curves"} */
  title?: string;
}

/**
 * Accuracy (left) and loss (right) on training and test set. The best and the last test accuracy
 * are marked, and a dashed line stands where the learning rate changes.
 * @param history One value per epoch.
 * @param options Title and the learning rate's steps.
 * @returns A figure of 720 x 360 px; 250 epochs make 8 KB of JSON.
 * @throws {RangeError} If the history has no epoch.
 * @example Usage
 * ```ts
 * import { learningCurves } from "ser/plots/curves.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const history = { loss: [2, 1], accuracy: [.3, .6], testLoss: [2, 2], testAccuracy: [.25, .5] };
 * const figure = learningCurves(history, { title: "Two epochs" });
 * deepStrictEqual(figure.data[0].y, [30, 60]); // training accuracy, per cent
 * ```
 */
export function learningCurves(history: CurveHistory, options: CurveOptions = {}): Figure {
  const { title = "Learning curves", learningRateSteps = [] } = options;
  const epochs = history.testAccuracy.length;
  if (!epochs) {
    throw new RangeError("Cannot draw learning curves: expected at least 1 epoch, received 0");
  }
  const steps = learningRateSteps.filter((step) => step.from > 0 && step.from < epochs);
  const range = epochs > 1 ? [1, epochs] : [0.5, 1.5];
  return {
    data: [
      curve("training", percent(history.accuracy), ORANGE, ""),
      curve("test", percent(history.testAccuracy), BLUE, ""),
      ...marks(history.testAccuracy),
      curve("training", rounded(history.loss), ORANGE, "2"),
      curve("test", rounded(history.testLoss), BLUE, "2"),
    ],
    layout: {
      ...baseLayout({ title, height: 360, margin: { l: 60, t: 84 } }),
      showlegend: true,
      legend: { orientation: "h", x: 0.5, xanchor: "center", y: 1.02, yanchor: "bottom" },
      xaxis: axis("Epoch", { domain: [0, 0.44], range }),
      yaxis: axis("Accuracy (%)", { range: [0, 100] }),
      xaxis2: axis("Epoch", { domain: [0.56, 1], range, anchor: "y2" }),
      yaxis2: axis("Loss (nats)", { anchor: "x2", rangemode: "tozero" }),
      shapes: steps.flatMap(({ from }) => SUBPLOTS.map((n) => stepLine(from + 0.5, n))),
      annotations: steps.flatMap(({ from, rate }) =>
        SUBPLOTS.map((n) => stepLabel(from + 0.5, rate, n))
      ),
    },
  };
}

const percent = (shares: ArrayLike<number>) => Array.from(shares, (share) => round(100 * share));

function curve(name: string, y: unknown[], color: string, subplot: Subplot): Trace {
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

/** Markers at the best test accuracy (its first epoch) and at the last. */
function marks(testAccuracy: ArrayLike<number>): Trace[] {
  const values = Array.from(testAccuracy);
  const best = values.indexOf(Math.max(...values)), last = values.length - 1;
  return best === last
    ? [mark("best and last", "star", last, values[last])]
    : [mark("best", "star", best, values[best]), mark("last", "circle", last, values[last])];
}

function mark(word: string, symbol: string, index: number, accuracy: number): Trace {
  const name = `${word} ${(100 * accuracy).toFixed(1)} % (epoch ${index + 1})`;
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: [index + 1],
    y: [round(100 * accuracy)],
    xaxis: "x",
    yaxis: "y",
    cliponaxis: false,
    marker: { size: 9, color: BLUE, symbol, line: { width: 1, color: INK } },
    hovertemplate: `${name}<extra></extra>`,
  };
}

function stepLine(x: number, subplot: Subplot) {
  return {
    type: "line",
    x0: x,
    x1: x,
    xref: "x" + subplot,
    y0: 0,
    y1: 1,
    yref: subplot ? "y2 domain" : "y domain",
    line: { color: INK, width: 1.2, dash: "dash" },
  };
}

function stepLabel(x: number, rate: number, subplot: Subplot) {
  const exponent = Math.log10(rate);
  const text = Number.isInteger(exponent) ? `10<sup>${exponent}</sup>` : String(rate);
  return {
    text: `learning rate ${text}`,
    x,
    xref: "x" + subplot,
    y: subplot ? 1 : 0,
    yref: subplot ? "y2 domain" : "y domain",
    xanchor: "left",
    yanchor: subplot ? "top" : "bottom",
    xshift: 3,
    showarrow: false,
    font: { size: 11 },
  };
}
