import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import {
  colourAt,
  emotionColour,
  luminance,
  SHARE_SCALE,
  textColourOn,
} from "ser/plots/colours.ts";
import { baseLayout, INK, round, transposed } from "ser/plots/figure.ts";

const RAVDESS = ["angry", "calm", "disgust", "fearful", "happy", "neutral", "sad", "surprise"];

/** WCAG 2 contrast of two luminances. */
const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

function rgbOf(hex: string): [number, number, number] {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)) as [number, number, number];
}

Deno.test("emotionColour() gives the corpora's words for one emotion one colour", () => {
  const pairs = [["angry", "anger"], ["happy", "happiness"], ["sad", "sadness"], [
    "fearful",
    "fear",
  ], ["surprised", "surprise"]];
  for (const [a, b] of pairs) strictEqual(emotionColour(a), emotionColour(b));
});

Deno.test("emotionColour() gives different emotions different colours seen on white and #111", () => {
  const colours = RAVDESS.map(emotionColour);
  strictEqual(new Set(colours).size, 8);
  for (const colour of colours) {
    const light = luminance(rgbOf(colour));
    strictEqual(contrast(light, 1) >= 2 && contrast(light, luminance([17, 17, 17])) >= 3, true);
  }
});

Deno.test("emotionColour() names the known emotions when it gets another", () => {
  throws(() => emotionColour("hungry"), {
    name: "RangeError",
    message: /expected one of anger, .*; received "hungry"/,
  });
});

Deno.test("INK is legible on a white and on a dark page", () => {
  const ink = luminance(rgbOf(INK)); // 4 is between WCAG's 3 (large text) and 4.5 (small text)
  strictEqual(contrast(ink, 1) > 4 && contrast(ink, luminance([17, 17, 17])) > 4, true);
});

Deno.test("colourAt() interpolates between the colours of a scale", () => {
  deepStrictEqual(colourAt(SHARE_SCALE, 0), rgbOf(SHARE_SCALE[0][1]));
  deepStrictEqual(colourAt(SHARE_SCALE, 1), rgbOf(SHARE_SCALE[4][1]));
  deepStrictEqual(colourAt([[0, "#000000"], [1, "#0a1464"]], 0.5), [5, 10, 50]);
});

Deno.test("textColourOn() reads on every share", () => {
  for (let share = 0; share <= 1; share += 0.01) {
    const cell = colourAt(SHARE_SCALE, share);
    const text = luminance(rgbOf(textColourOn(cell)));
    strictEqual(contrast(text, luminance(cell)) > 4.5, true, `share ${share.toFixed(2)}`);
  }
});

Deno.test("baseLayout() is transparent and has explicit size and margins", () => {
  const layout = baseLayout({ title: "T", margin: { r: 80 } });
  strictEqual(layout.paper_bgcolor, "rgba(0,0,0,0)");
  strictEqual(layout.plot_bgcolor, "rgba(0,0,0,0)");
  deepStrictEqual([layout.width, layout.height], [720, 340]);
  deepStrictEqual(layout.margin, { l: 70, r: 80, t: 50, b: 50 });
});

Deno.test("round() keeps significant digits and turns what is no number into a gap", () => {
  deepStrictEqual([123456, 0.00012349, -7, NaN, Infinity].map((v) => round(v, 3)), [
    123000,
    0.000123,
    -7,
    null,
    null,
  ]);
});

Deno.test("transposed() turns frames into columns and refuses a wrong length", () => {
  const matrix = { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 3, columns: 2 };
  deepStrictEqual(transposed(matrix, 3), [[1, 3, 5], [2, 4, 6]]);
  throws(() => transposed({ ...matrix, rows: 4 }, 3), {
    name: "TypeError",
    message: "Cannot plot the matrix: expected 4 x 2 = 8 values, received 6",
  });
});
