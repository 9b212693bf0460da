import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { compareCurves } from "ser/plots/compare_curves.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

const usual = { name: "usual", history: { testAccuracy: [0.25, 0.5, 0.5], testLoss: [2, 1, 0.5] } };
const changed = { name: "changed", history: { testAccuracy: [0.125, 0.25], testLoss: [3, 4] } };

Deno.test("compareCurves() draws test accuracy left and test loss right, a colour for each", () => {
  const figure = compareCurves([usual, changed], { title: "Usual or changed" });
  isPlainJson(figure);
  deepStrictEqual(figure.data.map(({ name, yaxis, y }) => [name, yaxis, y]), [
    ["usual", "y", [25, 50, 50]],
    ["changed", "y", [12.5, 25]],
    ["usual", "y2", [2, 1, 0.5]],
    ["changed", "y2", [3, 4]],
  ]);
  const colours = figure.data.map(({ line }) => (line as { color: string }).color);
  deepStrictEqual([colours[0], colours[1]], [colours[2], colours[3]]);
  strictEqual(new Set(colours).size, 2);
  strictEqual(axisTitle(figure, "yaxis"), "Accuracy (%)");
  strictEqual(axisTitle(figure, "yaxis2"), "Loss (nats)");
});

Deno.test("compareCurves() spans the longer training and marks the learning rate's step", () => {
  const learningRateSteps = [{ from: 0, rate: 1e-3 }, { from: 2, rate: 1e-4 }];
  const { layout } = compareCurves([usual, changed], { learningRateSteps });
  deepStrictEqual((layout.xaxis as { range: number[] }).range, [1, 3]);
  deepStrictEqual((layout.shapes as { x0: number }[]).map(({ x0 }) => x0), [2.5, 2.5]);
});

Deno.test("compareCurves() refuses a training without epochs", () => {
  const none = { name: "none", history: { testAccuracy: [], testLoss: [] } };
  throws(() => compareCurves([usual, none]), {
    name: "RangeError",
    message: "Cannot compare curves: expected at least 1 epoch of each, received 3 and 0",
  });
});
