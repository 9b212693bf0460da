/** Two trainings side by side: what one changed setting does to the test curves. @module */
import { curve, type LearningRateStep, panelLayout } from "./curve_panels.ts";
import { type CurveHistory, inPercent } from "./curves.ts";
import { BLUE, type Figure, ORANGE, rounded } from "./figure.ts";

/** One training and how the legend calls it. */
export interface NamedHistory {
  name: string;
  history: Pick<CurveHistory, "testAccuracy" | "testLoss">;
}

/**
 * Test accuracy (left) and test loss (right) of two trainings over the epochs.
 * @param trainings The usual one, then the changed one.
 * @returns A figure of 720 x 360 px.
 * @throws {RangeError} If one has no epoch.
 * @example Usage
 * ```ts
 * import { compareCurves } from "ser/plots/compare_curves.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const usual = { testAccuracy: [.2, .5], testLoss: [2, 1] };
 * const changed = { testAccuracy: [.2, .4], testLoss: [2, 3] };
 * const figure = compareCurves([
 *   { name: "dropout", history: usual }, { name: "no dropout", history: changed },
 * ]);
 * deepStrictEqual(figure.data[1].y, [20, 40]); // the changed one's test accuracy, per cent
 * ```
 */
export function compareCurves(
  trainings: readonly [NamedHistory, NamedHistory],
  options: { learningRateSteps?: readonly LearningRateStep[]; title?: string } = {},
): Figure {
  const { title = "Test curves", learningRateSteps = [] } = options;
  const lengths = trainings.map(({ history }) => history.testAccuracy.length);
  if (Math.min(...lengths) < 1) {
    throw new RangeError(
      `Cannot compare curves: expected at least 1 epoch of each, received ${lengths.join(" and ")}`,
    );
  }
  const colours = [BLUE, ORANGE];
  return {
    data: [
      ...trainings.map(({ name, history }, i) =>
        curve(name, inPercent(history.testAccuracy), colours[i], "")
      ),
      ...trainings.map(({ name, history }, i) =>
        curve(name, rounded(history.testLoss), colours[i], "2")
      ),
    ],
    layout: panelLayout({
      title,
      losses: trainings.map(({ history }) => history.testLoss),
      learningRateSteps,
    }),
  };
}
