import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { type PrintedNumber, roundingFigure } from "ser/plots/rounding.ts";
import { isPlainJson } from "./read_figure.ts";

const number = (row: string, label: string, off: number): PrintedNumber => ({ row, label, off });
const numbers = [
  number("Table 2", "a", 0.49),
  number("Table 2", "b", -4.1),
  number("Section 4", "c", 0.5),
  number("Section 4", "d", 0.67),
  number("Section 4", "d", 0.67),
];

Deno.test("roundingFigure() sets apart what is not rounded, equal numbers once", () => {
  const figure = roundingFigure(numbers, { title: "Printed" });
  isPlainJson(figure);
  const [good, odd] = figure.data;
  deepStrictEqual([good.x, odd.x], [[0.49], [-4.1, 0.5, 0.67]]);
  deepStrictEqual(odd.text, ["b", "c", "d (2 times)"]);
  deepStrictEqual((figure.layout.yaxis as { ticktext: string[] }).ticktext, [
    "Table 2",
    "Section 4",
  ]);
});

Deno.test("roundingFigure() keeps every dot in its row, labels apart", () => {
  const many = Array.from({ length: 12 }, (_, i) => number(i < 6 ? "A" : "B", `${i}`, 0));
  const [good] = roundingFigure(many, { title: "Many" }).data;
  (good.y as number[]).forEach((y, i) => ok(Math.abs(y - (i < 6 ? 0 : -1)) < 0.5));
  const [, odd] = roundingFigure(numbers, { title: "Printed" }).data;
  const y = odd.y as number[];
  ok(y[0] === 0 && y[1] > -1 && y[2] < -1);
});

Deno.test("roundingFigure() refuses to draw nothing", () => {
  throws(() => roundingFigure([], { title: "None" }), {
    name: "RangeError",
    message: "Cannot draw printed numbers: expected at least 1, received none",
  });
});
