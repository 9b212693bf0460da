/** Learning curves: accuracy and loss over the epochs. @module */
import { curve, type LearningRateStep, panelLayout } from "./curve_panels.ts";
import { BLUE, type Figure, INK, ORANGE, round, rounded, type Trace } from "./figure.ts";
import { percent } from "../support/percent.ts";
import type { History } from "../training/state.ts";

/** What is drawn of a training history. */
export type CurveHistory = Pick<History, "loss" | "accuracy" | "testLoss" | "testAccuracy">;

/** What to mark beside the curves. */
export interface CurveOptions {
  /** Where the learning rate changes. */
  learningRateSteps?: readonly LearningRateStep[];
  /** @default {"Learning curves"} */
  title?: string;
  /** Which part is looked at after each epoch (`curvePart`). @default {"test"} */
  part?: "validation" | "test";
}

/**
 * Accuracy (left) and loss (right) on training and test (or validation) set. The best and the last
 * accuracy on the latter are marked, and a dashed line stands where the learning rate changes. The
 * best epoch of a test curve is called a peek: to report it would be to choose by the test set.
 * @param history One value per epoch.
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
  const { title = "Learning curves", learningRateSteps = [], part = "test" } = options;
  const losses = [history.loss, history.testLoss];
  if (!history.testAccuracy.length) {
    throw new RangeError("Cannot draw learning curves: expected at least 1 epoch, received 0");
  }
  return {
    data: [
      curve("training", inPercent(history.accuracy), ORANGE, ""),
      curve(part, inPercent(history.testAccuracy), BLUE, ""),
      ...marks(history.testAccuracy, part),
      curve("training", rounded(history.loss), ORANGE, "2"),
      curve(part, rounded(history.testLoss), BLUE, "2"),
    ],
    layout: panelLayout({ title, losses, learningRateSteps }),
  };
}

/** Shares as numbers of percent. */
export const inPercent = (shares: ArrayLike<number>) =>
  Array.from(shares, (share) => round(100 * share));

/** Markers at the best accuracy (its first epoch) and at the last. */
function marks(values: readonly number[], part: "validation" | "test"): Trace[] {
  const best = values.indexOf(Math.max(...values)), last = values.length - 1;
  const peek = part === "test" ? ", a peek at the test set" : "";
  return best === last
    ? [mark("best and last", "star", last, values[last])]
    : [mark("best", "star", best, values[best], peek), mark("last", "circle", last, values[last])];
}

function mark(word: string, symbol: string, index: number, accuracy: number, remark = ""): Trace {
  const name = `${word} ${percent(accuracy)} (epoch ${index + 1}${remark})`;
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
