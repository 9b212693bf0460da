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

Deno.test("attentionFigure() writes on the zeros how much of the weight stands there", () => {
  const uneven = [0.1, 0.1, 0, 0, 0, 0.3, 0.4, 0.1]; // at -2.5, -2, ... 1 s
  const textOf = (padding: "before" | "after") => {
    const { layout } = attentionFigure(signal, uneven, { ...timing, padding });
    return (layout.annotations as { text: string }[])[0].text;
  };
  strictEqual(textOf("before"), "zero padding<br>(6 frames,<br>20.0 % of weight)");
  // at 0.5, 1, ... 4 s; the zeros begin at 2 s
  strictEqual(textOf("after"), "zero padding<br>(6 frames,<br>80.0 % of weight)");
});

Deno.test("attentionFigure() counts the weight on zeros that are not drawn", () => {
  const part = [0.1, 0.1, 0, 0, 0, 0.3, 0.2, 0.05]; // a quarter of the weight is elsewhere
  const { layout } = attentionFigure(signal, part, { ...timing, onOtherZeros: 0.25 });
  strictEqual(
    (layout.annotations as { text: string }[])[0].text,
    "zero padding<br>(in part; all:<br>45.0 % of weight)",
  );
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

Deno.test("attentionFigure() puts a spectrogram between waveform and weights, on their time axis", () => {
  const samples = new Float32Array(8),
    logMel = { data: [1, 2, 3, 4, 5, 6, 7, 8], rows: 4, columns: 2 };
  const figure = attentionFigure({ samples, sampleRate: 4, logMel }, alpha, timing);
  isPlainJson(figure);
  const [, , mel] = figure.data;
  deepStrictEqual([mel.z, mel.x0, mel.dx], [[[1, 3, 5, 7], [2, 4, 6, 8]], 0, 0.5]); // frames of 0.5 s
  const domains = ["yaxis", "yaxis3", "yaxis2"].map((name) =>
    (figure.layout[name] as { domain: [number, number] }).domain
  );
  deepStrictEqual(
    domains.flat().toSorted((a, b) => b - a),
    domains.flatMap(([low, high]) => [high, low]),
  );
  deepStrictEqual(figure.data.map((trace) => trace.xaxis), [undefined, undefined, undefined]);
  deepStrictEqual(range(figure), [-1, 2]); // of 3 s of zeros one
  const after = attentionFigure({ samples, sampleRate: 4, logMel }, alpha, {
    ...{ ...timing, padding: "after" },
  });
  deepStrictEqual(range(after), [0, 3]);
});

Deno.test("attentionFigure() tells a page where the sound is and how long it lasts", () => {
  const { layout } = attentionFigure(signal, alpha, { ...timing, audio: "../data/a.flac" });
  deepStrictEqual(layout.meta, { audio: "../data/a.flac", seconds: 2 }); // 4 values of half a second
  strictEqual("meta" in attentionFigure(signal, alpha, timing).layout, false);
});

Deno.test("attentionFigure() refuses weights that do not fit the padded input", () => {
  const wrong = { ...timing, receptiveField: 4 };
  throws(() => attentionFigure(signal, alpha, wrong), {
    name: "RangeError",
    message: /4 frames and 8 weights of 4 frames each .* received 10 padded frames/,
  });
  throws(() => attentionFigure(signal, alpha, { ...timing, frames: 11 }), RangeError);
});
