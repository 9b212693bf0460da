import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { emotionColour } from "ser/plots/colours.ts";
import { linesFigure } from "ser/plots/lines.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

const TITLES = { title: "Effects", xTitle: "Coefficient 0", yTitle: "Effect" };

Deno.test("linesFigure() draws each line with its name and colour, and a legend for several", () => {
  const lines = { anger: Float32Array.of(1, 2), sadness: [0, -1] };
  const figure = linesFigure([0, 1], lines, { ...TITLES, colourOf: emotionColour });
  isPlainJson(figure);
  deepStrictEqual(figure.data.map(({ name, y }) => [name, y]), [["anger", [1, 2]], [
    "sadness",
    [0, -1],
  ]]);
  deepStrictEqual(figure.data.map(({ line }) => (line as { color: string }).color), [
    emotionColour("anger"),
    emotionColour("sadness"),
  ]);
  strictEqual(figure.layout.showlegend, true);
  deepStrictEqual([axisTitle(figure, "xaxis"), axisTitle(figure, "yaxis")], [
    "Coefficient 0",
    "Effect",
  ]);
});

Deno.test("linesFigure() tells lines apart without being given colours", () => {
  const { data } = linesFigure([0], { RAVDESS: [1], SAVEE: [2], EmoDB: [3] }, TITLES);
  strictEqual(new Set(data.map(({ line }) => (line as { color: string }).color)).size, 3);
});

Deno.test("linesFigure() of one line has no legend, and a fixed range where asked", () => {
  const { layout } = linesFigure([0, 1], { all: [3, 4] }, { ...TITLES, yRange: [0, 100] });
  strictEqual(layout.showlegend, false);
  deepStrictEqual((layout.yaxis as { range: number[] }).range, [0, 100]);
});

Deno.test("linesFigure() names the line of another length", () =>
  throws(() => linesFigure([0, 1], { all: [3] }, TITLES), {
    name: "RangeError",
    message: 'Cannot draw the line "all": expected 2 values, received 1',
  }));

Deno.test("linesFigure() marks a place on the horizontal axis with words", () => {
  const mark = { x: 25, text: "25 frames" };
  const { layout } = linesFigure([0, 50], { A: [1, 2] }, { ...TITLES, mark });
  const [shape] = layout.shapes as { x0: number; x1: number }[];
  const [words] = layout.annotations as { x: number; text: string }[];
  deepStrictEqual([shape.x0, shape.x1, words.x, words.text], [25, 25, 25, "25 frames"]);
  strictEqual(linesFigure([0, 50], { A: [1, 2] }, TITLES).layout.shapes, undefined);
});
