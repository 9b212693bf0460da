import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { mfccFigure } from "ser/plots/heatmaps.ts";
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

Deno.test("mfccFigure() counts frames or seconds", () => {
  const inFrames = mfccFigure(matrix(4, 3));
  deepStrictEqual([axisTitle(inFrames, "xaxis"), inFrames.data[0].dx], ["Frame", 1]);
  const inSeconds = mfccFigure(matrix(4, 3), { sampleRate: 25600 });
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
