import { deepStrictEqual, throws } from "node:assert/strict";
import { lengthsFigure } from "ser/plots/lengths.ts";
import { isPlainJson } from "./read_figure.ts";

const printed = [10, 8, 6];
const chains = [{ name: "right", lengths: [10, 8, 6] }, { name: "wrong", lengths: [10, 8, 5] }];

Deno.test("lengthsFigure() draws what is printed and each chain, and numbers where they differ", () => {
  const figure = lengthsFigure(chains, printed, { title: "Lengths" });
  isPlainJson(figure);
  deepStrictEqual(figure.data.map(({ name, y }) => [name, y]), [
    ["printed", [10, 8, 6]],
    ["right", [10, 8, 6]],
    ["wrong", [10, 8, 5]],
  ]);
  deepStrictEqual(figure.data.slice(1).map(({ text }) => text), [["", 8, 6], ["", "", 5]]);
  deepStrictEqual(figure.data[0].x, ["frames", "convolution 1", "convolution 2"]);
});

Deno.test("lengthsFigure() refuses a chain of another length", () => {
  throws(() => lengthsFigure([{ name: "short", lengths: [10] }], printed, { title: "" }), {
    name: "RangeError",
    message: 'Cannot draw the lengths of "short": expected 3, received 1',
  });
});
