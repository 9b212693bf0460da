import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { hiddenStatesFigure } from "ser/plots/hidden_states.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

const STATES = [[0, 0, 0], [0, 0, 0], [0.5, -0.25, 0.1], [0.75, -0.5, 0.2]];
const BEFORE = { states: STATES, padding: { frames: 2, side: "before" } } as const;
const AFTER = { states: STATES, padding: { frames: 1, side: "after" } } as const;

Deno.test("hiddenStatesFigure() draws a line for each of the first units in each panel", () => {
  const figure = hiddenStatesFigure([BEFORE, AFTER], { units: 2, title: "Two ways" });
  isPlainJson(figure);
  deepStrictEqual(figure.data.map(({ yaxis, y }) => [yaxis, y]), [
    ["y", [0, 0, 0.5, 0.75]],
    ["y", [0, 0, -0.25, -0.5]],
    ["y2", [0, 0, 0.5, 0.75]],
    ["y2", [0, 0, -0.25, -0.5]],
  ]);
  strictEqual(axisTitle(figure, "xaxis"), "Frame");
  strictEqual(axisTitle(figure, "yaxis2"), "Hidden state");
  strictEqual((figure.layout.xaxis as { anchor: string }).anchor, "y2"); // under the lower panel
});

Deno.test("hiddenStatesFigure() has panels one above the other that do not touch", () => {
  const { layout } = hiddenStatesFigure([BEFORE, AFTER]);
  const [upper, lower] = ["yaxis", "yaxis2"].map((name) =>
    (layout[name] as { domain: [number, number] }).domain
  );
  strictEqual(upper[1], 1);
  strictEqual(upper[0] - lower[1] > 0.05, true);
  strictEqual(Math.abs(lower[0]) < 1e-12, true);
});

Deno.test("hiddenStatesFigure() shades the padding and marks the frame that is read", () => {
  const { layout } = hiddenStatesFigure([BEFORE, AFTER]);
  const shapes = layout.shapes as { type: string; x0: number; x1: number; yref: string }[];
  deepStrictEqual(shapes.map(({ type, x0, x1, yref }) => [type, x0, x1, yref]), [
    ["rect", -0.5, 1.5, "y domain"],
    ["line", 3, 3, "y domain"],
    ["rect", 2.5, 3.5, "y2 domain"],
    ["line", 3, 3, "y2 domain"],
  ]);
  deepStrictEqual((layout.annotations as { text: string }[]).map(({ text }) => text), [
    "zeros before the speech (2 frames)",
    "zeros after the speech (1 frames)",
  ]);
});

Deno.test("hiddenStatesFigure() refuses panels that do not fit", () => {
  const tooMuch = { states: STATES, padding: { frames: 5, side: "after" } } as const;
  throws(() => hiddenStatesFigure([BEFORE, tooMuch]), {
    name: "RangeError",
    message: "Cannot draw the hidden states: expected panels with as many frames, at least 1, " +
      "and no more padding, received [4 with 2 of padding, 4 with 5 of padding]",
  });
  throws(() => hiddenStatesFigure([]), { name: "RangeError" });
});
