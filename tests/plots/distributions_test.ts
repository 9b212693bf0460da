import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { emotionColour } from "ser/plots/colours.ts";
import { boxesFigure, countsFigure } from "ser/plots/distributions.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

Deno.test("countsFigure() draws a bar in the emotion's colour with its count", () => {
  const figure = countsFigure({ sadness: 45, anger: 50 }, { title: "EmoDB" });
  isPlainJson(figure);
  const [bars] = figure.data;
  deepStrictEqual([bars.x, bars.y, bars.text], [["sadness", "anger"], [45, 50], ["45", "50"]]);
  const { color } = bars.marker as { color: string[] };
  deepStrictEqual(color, [emotionColour("sad"), emotionColour("angry")]);
  strictEqual(axisTitle(figure, "yaxis"), "Utterances");
});

Deno.test("boxesFigure() draws one box an emotion in the given order", () => {
  const figure = boxesFigure({ fear: [1, 2, 3.33333], calm: Float32Array.of(4) });
  isPlainJson(figure);
  deepStrictEqual(figure.data.map((box) => [box.type, box.name, box.y]), [
    ["box", "fear", [1, 2, 3.33]],
    ["box", "calm", [4]],
  ]);
  strictEqual(axisTitle(figure, "yaxis"), "Duration (s)");
});
