import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { emotionColour } from "ser/plots/colours.ts";
import { attentionFigure } from "ser/plots/attention.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

const signal = { envelope: [0.1, 0.3, 0.2, 0.1], secondsPerValue: 0.5, emotion: "anger" };
// 4 frames of half a second in an input of 10; each of 8 weights covers 3 frames.
const timing = { frames: 4, paddedFrames: 10, secondsPerFrame: 0.5 };
const alpha = new Float32Array(8).fill(0.125);

type Shape = { x0: number; x1: number; layer: string };
const range = (figure: ReturnType<typeof attentionFigure>) =>
  (figure.layout.xaxis as { range: number[] }).range;

Deno.test("attentionFigure() puts zeros before the utterance at negative times and shades them", () => {
  const figure = attentionFigure(signal, alpha, timing);
  isPlainJson(figure);
  deepStrictEqual(range(figure), [-3, 2]);
  const [{ x0, x1, layer }] = figure.layout.shapes as Shape[];
  deepStrictEqual([x0, x1, layer], [-3, 0, "below"]);
  // weight 0 covers the frames 0-2 of the input, so its middle is frame 1: 5 frames before the 0
  deepStrictEqual(figure.data[1].x, [-2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1]);
});

Deno.test("attentionFigure() shades zeros after the utterance behind it", () => {
  const figure = attentionFigure(signal, alpha, { ...timing, padding: "after" });
  deepStrictEqual(range(figure), [0, 5]);
  const [{ x0, x1 }] = figure.layout.shapes as Shape[];
  deepStrictEqual([x0, x1], [2, 5]);
  deepStrictEqual((figure.data[1].x as number[])[0], 0.5);
});

Deno.test("attentionFigure() shades nothing in the longest utterance", () => {
  const figure = attentionFigure(signal, [0.5, 0.5], { ...timing, paddedFrames: 4 });
  strictEqual(figure.layout.shapes, undefined);
});

Deno.test("attentionFigure() shares one time axis between signal and weights", () => {
  const figure = attentionFigure(signal, alpha, timing);
  deepStrictEqual(figure.data.map((trace) => trace.yaxis ?? "y"), ["y", "y2"]);
  strictEqual((figure.data[0].line as { color: string }).color, emotionColour("angry"));
  strictEqual(axisTitle(figure, "xaxis"), "Time (s), 0 at the first frame of speech");
  strictEqual(axisTitle(figure, "yaxis"), "RMS amplitude");
  strictEqual(axisTitle(figure, "yaxis2"), "Attention weight");
});

Deno.test("attentionFigure() draws samples as a waveform", () => {
  const samples = Float32Array.of(0, 0.5, -0.5, 0.25);
  const figure = attentionFigure({ samples, sampleRate: 2 }, alpha, timing);
  deepStrictEqual([figure.data[0].y, figure.data[0].dx], [[0, 0.5, -0.5, 0.25], 0.5]);
  strictEqual(axisTitle(figure, "yaxis"), "Amplitude");
});

Deno.test("attentionFigure() refuses weights that do not fit the padded input", () => {
  const wrong = { ...timing, receptiveField: 4 };
  throws(() => attentionFigure(signal, alpha, wrong), {
    name: "RangeError",
    message: /4 frames and 8 weights of 4 frames each .* received 10 padded frames/,
  });
  throws(() => attentionFigure(signal, alpha, { ...timing, frames: 11 }), RangeError);
});
