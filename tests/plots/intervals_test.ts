import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { intervalsFigure, type SpreadRow } from "ser/plots/intervals.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

const titles = { title: "Two kinds", quantity: "Accuracy (%)", first: "paper", second: "here" };
const rows: SpreadRow[] = [
  { name: "A", first: { value: 70, interval: [60, 75] }, second: { value: 50, single: [40, 60] } },
  { name: "B", first: undefined, second: { value: 20, interval: [10, 25] } },
];

Deno.test("intervalsFigure() draws both kinds around the line of each name", () => {
  const figure = intervalsFigure([{ title: "X", rows }], titles);
  isPlainJson(figure);
  const [first, , second, single] = figure.data;
  deepStrictEqual([first.x, second.x, single.x], [[70], [50, 20], [40, 60]]);
  const [above] = first.y as number[], [below, next] = second.y as number[];
  strictEqual(above > 0 && below < 0 && next < -1, true);
  const { array, arrayminus } = first.error_x as Record<string, number[]>;
  deepStrictEqual([array, arrayminus], [[5], [10]]);
  deepStrictEqual((figure.layout.yaxis as { ticktext: string[] }).ticktext, ["A", "B"]);
  deepStrictEqual(second.text, ["A, here: 50.0", "B, here: 20.0 (10.0 to 25.0)"]);
});

Deno.test("intervalsFigure() sets panels side by side with one legend", () => {
  const figure = intervalsFigure([{ title: "X", rows }, { title: "Y", rows }], titles);
  strictEqual(axisTitle(figure, "xaxis"), "X: Accuracy (%)");
  strictEqual(axisTitle(figure, "xaxis2"), "Y: Accuracy (%)");
  const [left, right] = ["xaxis", "xaxis2"].map((name) =>
    (figure.layout[name] as { domain: number[] }).domain
  );
  strictEqual(left[1] < right[0], true);
  strictEqual(figure.data.filter(({ showlegend }) => showlegend).length, 2);
  deepStrictEqual(new Set(figure.data.map(({ xaxis }) => xaxis)), new Set(["x", "x2"]));
});

Deno.test("intervalsFigure() draws nothing where there is no number, and refuses no line", () => {
  const none = [{ name: "A", first: undefined, second: undefined }];
  const { data } = intervalsFigure([{ title: "X", rows: none }], titles);
  strictEqual(data.every(({ x }) => (x as unknown[]).length === 0), true);
  throws(() => intervalsFigure([{ title: "X", rows: [] }], titles), {
    message: "Cannot draw intervals: expected panels of at least 1 line, received 0",
  });
  throws(() => intervalsFigure([], titles), { name: "RangeError", message: /received no panel$/ });
});

Deno.test("intervalsFigure() draws one kind on the lines, a line at a number, and room for names", () => {
  const { second: _, ...one } = titles;
  const figure = intervalsFigure([{ title: "X", rows }], { ...one, line: 0, nameWidth: 200 });
  isPlainJson(figure);
  strictEqual(figure.data.length, 2);
  deepStrictEqual(figure.data[0].y, [0]);
  const [shape] = figure.layout.shapes as { x0: number; x1: number; yref: string }[];
  deepStrictEqual([shape.x0, shape.x1, shape.yref], [0, 0, "y domain"]);
  strictEqual((figure.layout.margin as { l: number }).l, 200);
  const usual = intervalsFigure([{ title: "X", rows }], titles).layout;
  deepStrictEqual([usual.width, usual.shapes, figure.layout.width], [520, undefined, 630]);
});
