import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { reliabilityFigure } from "ser/plots/reliability.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

const bins = [
  { count: 0, accuracy: NaN, confidence: NaN },
  { count: 1, accuracy: 0, confidence: 0.4 },
  { count: 4, accuracy: 0.75, confidence: 0.9 },
];

Deno.test("reliabilityFigure() draws the bins that have answers, by how many", () => {
  const figure = reliabilityFigure([{ title: "before", bins }], "Five answers");
  isPlainJson(figure);
  const [diagonal, discs] = figure.data;
  deepStrictEqual([diagonal.x, diagonal.y], [[0, 100], [0, 100]]);
  deepStrictEqual([discs.x, discs.y], [[40, 90], [0, 75]]);
  deepStrictEqual((discs.marker as { size: number[] }).size, [19, 30]); // areas beside a rim of 8
  deepStrictEqual(discs.text, [
    "1 answers, 40.0 % sure: 0.0 % right",
    "4 answers, 90.0 % sure: 75.0 % right",
  ]);
  strictEqual(axisTitle(figure, "xaxis"), "Largest probability (%)");
  strictEqual(axisTitle(figure, "yaxis"), "Right answers (%)");
});

Deno.test("reliabilityFigure() sets panels side by side", () => {
  const panels = [{ title: "before", bins }, { title: "after", bins }];
  const figure = reliabilityFigure(panels, "Two");
  deepStrictEqual(figure.data.map(({ xaxis }) => xaxis), ["x", "x", "x2", "x2"]);
  const [left, right] = ["xaxis", "xaxis2"].map((name) =>
    (figure.layout[name] as { domain: number[] }).domain
  );
  strictEqual(left[1] < right[0] && right[1] <= 1, true);
  strictEqual(figure.layout.width, 850);
});

Deno.test("reliabilityFigure() refuses what has no answers", () => {
  throws(() => reliabilityFigure([], "None"), {
    name: "RangeError",
    message:
      "Cannot draw the reliability: expected panels with answers, received bins with answers in no panel",
  });
  throws(() => reliabilityFigure([{ title: "x", bins: bins.slice(0, 1) }], "None"), RangeError);
});
