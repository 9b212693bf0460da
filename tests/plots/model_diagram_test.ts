import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { dbnNetwork } from "ser/dbn/network.ts";
import { cnnAttention } from "ser/models/cnn_attention.ts";
import { lstm } from "ser/models/lstm.ts";
import type { Figure } from "ser/plots/figure.ts";
import { modelFigure } from "ser/plots/model_diagram.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

await loadBackend();

/** The texts of the figure, row by row from the top, each from left to right. */
function rowsOf({ layout }: Figure): string[][] {
  const annotations = layout.annotations as {
    text: string;
    y: number;
    xshift: number;
    x: number;
  }[];
  return [...Map.groupBy(annotations, ({ y }) => y)].sort(([a], [b]) => b - a).map(([, row]) =>
    row.sort((a, b) => a.x - b.x || a.xshift - b.xshift).map(({ text }) => text)
  );
}

const rectangles = ({ layout }: Figure) =>
  (layout.shapes as { type: string; x0: number; x1: number; y0: number; y1: number }[])
    .filter(({ type }) => type === "rect");

Deno.test("modelFigure() lists shapes, parameters and how much speech a position covers", () => {
  const model = cnnAttention({ frames: 228, classes: 8, seed: 0 });
  const figure = modelFigure(model, { title: "CNN-ATN" });
  model.dispose();
  isPlainJson(figure);
  const rows = rowsOf(figure);
  deepStrictEqual(rows[0], ["puts out", "parameters", "sees"]);
  deepStrictEqual(rows[1], ["MFCCs", "228 × 40", "–", "1 frame, 93 ms"]);
  const small = '<span style="font-size:11px">batch norm, ReLU</span>';
  // 24 hops of 512 samples and one frame of 2048 at 22,050 Hz: 0.650 s
  deepStrictEqual(rows[6], [
    ...[`convolution, kernel 3<br>${small}`, "204 × 16", "1,616", "25 frames, 650 ms"],
  ]);
  deepStrictEqual(rows[7], ["attention", "128", "4,352", "all, 5.4 s"]);
  strictEqual(axisTitle(figure, "xaxis"), "width: time; thickness: values (log)");
});

Deno.test("modelFigure() draws positions as width and values as thickness", () => {
  const model = lstm({ frames: 100, classes: 7, seed: 0 });
  const [input, first, last] = rectangles(modelFigure(model)).map(({ x0, x1, y0, y1 }) => ({
    width: x1 - x0,
    thickness: y1 - y0,
  }));
  model.dispose();
  deepStrictEqual([input.width, first.width], [1, 1]); // 100 positions both
  ok(last.width < 0.05); // one state
  ok(first.thickness > input.thickness); // 100 units against 40 coefficients
});

Deno.test("modelFigure() draws a model without positions by its values", () => {
  const model = dbnNetwork({ classes: 8, hidden: [80, 80] });
  const figure = modelFigure(model);
  model.dispose();
  deepStrictEqual(rectangles(figure).map(({ x0, x1 }) => x1 - x0), [0.5, 1, 1, 0.1]);
  strictEqual(axisTitle(figure, "xaxis"), "width: values");
});
