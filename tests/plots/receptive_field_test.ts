import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { KERNEL_SIZES, RECEPTIVE_FIELD } from "ser/models/convolutions.ts";
import { receptiveFieldFigure, receptiveFields } from "ser/plots/receptive_field.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

/** Frames that a position sees, by walking down the layers. */
function walk(kernels: readonly number[], layer: number): number {
  let seen = new Set([0]);
  for (const kernel of kernels.slice(0, layer).reverse()) {
    seen = new Set([...seen].flatMap((p) => Array.from({ length: kernel }, (_, k) => p + k)));
  }
  return seen.size;
}

Deno.test("receptiveFields() equals a walk down the layers; 25 frames for the paper's CNN", () => {
  const kernels = KERNEL_SIZES.shapes;
  const fields = receptiveFields(kernels);
  deepStrictEqual(fields.map(({ sees }) => sees), [1, 9, 15, 19, 23, 25]);
  deepStrictEqual(fields.map(({ sees }) => sees), fields.map((_, i) => walk(kernels, i)));
  strictEqual(fields.at(-1)!.sees, RECEPTIVE_FIELD);
  strictEqual(fields[0].seen, RECEPTIVE_FIELD);
});

Deno.test("receptiveFieldFigure() colours what the top sees and nothing else", () => {
  const figure = receptiveFieldFigure([3, 3]);
  isPlainJson(figure);
  const coloured = figure.data.map(({ x, marker }) => {
    const colours = (marker as { color: string[] }).color;
    return (x as number[]).filter((_, i) => colours[i].startsWith("#"));
  });
  deepStrictEqual(coloured, [[0, 1, 2, 3, 4], [1, 2, 3], [2]]);
  strictEqual(axisTitle(figure, "xaxis"), "Frame");
});

Deno.test("receptiveFieldFigure() refuses what is no kernel", () => {
  throws(() => receptiveFieldFigure([]), { name: "RangeError", message: /received \[\]/ });
  throws(() => receptiveFieldFigure([3, 0]), /received \[3, 0\]/);
});
