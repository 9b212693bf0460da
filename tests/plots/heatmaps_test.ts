import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { logMelFigure, mfccFigure } from "ser/plots/heatmaps.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

type Shape = { x0: number; x1: number };

/** Rows are frames: value = 10 frame + coefficient. */
function matrix(rows: number, columns: number) {
  const data = Float32Array.from(
    { length: rows * columns },
    (_, i) => 10 * Math.floor(i / columns) + i % columns,
  );
  return { data, rows, columns };
}

Deno.test("logMelFigure() has frames on x, bands on y and labels in Hz", () => {
  const figure = logMelFigure(matrix(5, 128), 22050);
  isPlainJson(figure);
  const z = figure.data[0].z as number[][];
  deepStrictEqual([z.length, z[0].length, z[3][2]], [128, 5, 23]);
  const y = figure.layout.yaxis as { tickvals: number[]; ticktext: string[] };
  deepStrictEqual(y.ticktext, ["0", "250", "500", "1000", "2000", "4000", "8000"]);
  // mel(1000) = 15 of mel(11025) = 49.91: 15 / 49.91 * 129 - 1
  ok(Math.abs(y.tickvals[3] - 37.77) < 0.02);
  strictEqual(axisTitle(figure, "xaxis"), "Time (s)");
});

Deno.test("mfccFigure() counts frames or seconds", () => {
  const inFrames = mfccFigure(matrix(4, 3));
  deepStrictEqual([axisTitle(inFrames, "xaxis"), inFrames.data[0].dx], ["Frame", 1]);
  const inSeconds = mfccFigure(matrix(4, 3), { sampleRate: 22050, hop: 441 });
  deepStrictEqual([axisTitle(inSeconds, "xaxis"), inSeconds.data[0].dx], ["Time (s)", 0.02]);
  strictEqual(axisTitle(inFrames, "yaxis"), "MFCC index");
  isPlainJson(inFrames);
});

Deno.test("mfccFigure() takes its colours from the coefficients beside the first", () => {
  const data = Float32Array.of(-900, 5, -8, -900, 0, 0); // two frames of three coefficients
  const [{ zmin, zmax }] = mfccFigure({ data, rows: 2, columns: 3 }).data;
  deepStrictEqual([zmin, zmax], [-5, 5]); // 98th percentile of 5 and 8, rounded down in rank
});

Deno.test("mfccFigure() marks the zeros on their side", () => {
  const mark = (side: "before" | "after") => {
    const { layout } = mfccFigure(matrix(10, 3), { padding: { frames: 4, side } });
    const [{ x0, x1 }] = layout.shapes as Shape[];
    return [x0, x1];
  };
  deepStrictEqual(mark("before"), [-0.5, 3.5]);
  deepStrictEqual(mark("after"), [5.5, 9.5]);
  strictEqual(mfccFigure(matrix(10, 3)).layout.shapes, undefined);
});
