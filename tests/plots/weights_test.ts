import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { tilesFigure, weightsFigure } from "ser/plots/weights.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

const TITLES = { title: "Weights", xTitle: "Unit", yTitle: "Coefficient" };

Deno.test("weightsFigure() draws rows as they are, with zero in the middle of the colours", () => {
  const figure = weightsFigure([Float32Array.of(0.5, -2), [1, 0]], TITLES);
  isPlainJson(figure);
  const [map] = figure.data;
  deepStrictEqual([map.z, map.zmin, map.zmax], [[[0.5, -2], [1, 0]], -2, 2]);
  deepStrictEqual([axisTitle(figure, "xaxis"), axisTitle(figure, "yaxis")], [
    "Unit",
    "Coefficient",
  ]);
});

Deno.test("weightsFigure() of zeros alone has a scale, and of nothing is refused", () => {
  strictEqual(weightsFigure([[0, 0]], TITLES).data[0].zmax, 1);
  throws(() => weightsFigure([], TITLES), { name: "RangeError", message: /received none/ });
});

Deno.test("tilesFigure() puts pictures side by side, their first row on top, numbers below", () => {
  const figure = tilesFigure([[1, 2, 3, -4, 5, 6], [0, 0, 0, 0, 0, 9]], {
    title: "Two",
    columns: 3,
    unit: "grey",
  });
  isPlainJson(figure);
  deepStrictEqual(figure.data[0].z, [[1, 2, 3, null, 0, 0, 0], [-4, 5, 6, null, 0, 0, 9]]);
  strictEqual((figure.layout.yaxis as { autorange: string }).autorange, "reversed");
  deepStrictEqual((figure.layout.xaxis as { tickvals: number[] }).tickvals, [1, 5]);
});

Deno.test("tilesFigure() of values that are not negative has no colours for negative ones", () => {
  const [map] = tilesFigure([[0, 1, 1, 0]], { title: "On and off", columns: 2 }).data;
  deepStrictEqual([map.zmin, map.zmax], [0, 1]);
  const scale = map.colorscale as [number, string][];
  deepStrictEqual(scale.map(([position]) => position), [0, 0.5, 1]);
  const signed = tilesFigure([[0, -1]], { title: "Signed", columns: 2 }).data[0];
  strictEqual((signed.colorscale as [number, string][])[2][1], scale[0][1]); // zero is as grey
});

Deno.test("tilesFigure() refuses pictures that are not rows of the width, and none at all", () => {
  throws(() => tilesFigure([[1, 2, 3]], { title: "Odd", columns: 2 }), /received 3/);
  throws(() => tilesFigure([[1, 2], [1, 2, 3, 4]], { title: "Two", columns: 2 }), /received 2, 4/);
  throws(() => tilesFigure([], { title: "None", columns: 2 }), {
    name: "RangeError",
    message: /received no picture/,
  });
});
