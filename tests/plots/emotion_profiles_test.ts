import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { emotionProfiles } from "ser/plots/emotion_profiles.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

Deno.test("emotionProfiles() draws a row per emotion with zero in the middle of the colours", () => {
  const figure = emotionProfiles({ sad: Float32Array.of(0.5, -2), calm: [1, 0] });
  isPlainJson(figure);
  const [map] = figure.data;
  deepStrictEqual([map.y, map.z], [["sad", "calm"], [[0.5, -2], [1, 0]]]);
  deepStrictEqual([map.zmin, map.zmax], [-2, 2]);
  strictEqual(axisTitle(figure, "xaxis"), "MFCC coefficient");
  strictEqual((figure.layout.yaxis as { autorange: string }).autorange, "reversed");
});

Deno.test("emotionProfiles() of zeros alone still has a scale", () =>
  deepStrictEqual(emotionProfiles({ sad: [0, 0] }).data[0].zmax, 1));

Deno.test("emotionProfiles() refuses rows of different length and none at all", () => {
  throws(() => emotionProfiles({ sad: [1], calm: [1, 2] }), /received 1, 2/);
  throws(() => emotionProfiles({}), { name: "RangeError", message: /received none/ });
});
