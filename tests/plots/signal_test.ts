import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { emotionColour } from "ser/plots/colours.ts";
import { extremes, rmsEnvelope } from "ser/plots/envelope.ts";
import { signalFigure, waveformFigure } from "ser/plots/signal.ts";
import { axisTitle, isPlainJson, tone } from "./read_figure.ts";

Deno.test("extremes() keeps the peaks of a long signal", () => {
  const samples = new Float32Array(100_000);
  samples[54_321] = 0.75;
  samples[54_400] = -0.875;
  const { values, step } = extremes(samples, 640);
  strictEqual(values.length, 1280);
  strictEqual(Math.max(...values as number[]), 0.75);
  strictEqual(Math.min(...values as number[]), -0.875);
  const at = values.indexOf(0.75) * step; // within one bin of where the peak is
  ok(Math.abs(at - 54_321) <= 100_000 / 640);
});

Deno.test("extremes() leaves a short signal whole", () => {
  deepStrictEqual(extremes([0.5, -0.5, 0.25], 640), { values: [0.5, -0.5, 0.25], step: 1 });
});

Deno.test("rmsEnvelope() equals amplitude / sqrt(2) for a sine and covers the rest", () => {
  const envelope = rmsEnvelope(tone(1, 8000), 400); // 10 periods a hop
  strictEqual(envelope.length, 20);
  for (const value of envelope) ok(Math.abs(value - 0.5 / Math.SQRT2) < 1e-6); // float32 samples
  deepStrictEqual(rmsEnvelope([1, -1, 1], 2), [1, 1]);
});

Deno.test("rmsEnvelope() refuses a hop of nothing", () => {
  throws(() => rmsEnvelope([1], 0), { name: "RangeError", message: /a hop >= 1, received 0/ });
});

Deno.test("waveformFigure() has seconds, amplitude and the emotion's colour", () => {
  const figure = waveformFigure(tone(2, 16000), 16000, { emotion: "fear", title: "Fear" });
  isPlainJson(figure);
  strictEqual(axisTitle(figure, "xaxis"), "Time (s)");
  strictEqual(axisTitle(figure, "yaxis"), "Amplitude");
  const [trace] = figure.data, y = trace.y as number[];
  strictEqual((trace.line as { color: string }).color, emotionColour("fearful"));
  ok(Math.abs((trace.dx as number) * y.length - 2) < 1e-9); // the line spans the two seconds
  ok(JSON.stringify(figure).length < 14_000);
});

Deno.test("signalFigure() puts waveform, log-mel and MFCC on one time axis", () => {
  const logMel = { data: new Float32Array(44 * 128).fill(-40), rows: 44, columns: 128 };
  const mfcc = { data: new Float32Array(44 * 40).fill(1), rows: 44, columns: 40 };
  const figure = signalFigure({ samples: tone(1, 22050), sampleRate: 22050, logMel, mfcc });
  isPlainJson(figure);
  deepStrictEqual(figure.data.map((trace) => trace.type), ["scatter", "heatmap", "heatmap"]);
  deepStrictEqual(figure.data.map((trace) => trace.yaxis ?? "y"), ["y", "y2", "y3"]);
  ok(figure.data.every((trace) => !("xaxis" in trace))); // all on the first x axis
  deepStrictEqual(figure.data.slice(1).map((trace) => trace.dx), [512 / 22050, 512 / 22050]);
  strictEqual(axisTitle(figure, "xaxis"), "Time (s)");
  strictEqual(axisTitle(figure, "yaxis2"), "Frequency (Hz, mel)");
  const mel = figure.layout.yaxis2 as { tickvals: number[]; ticktext: string[] };
  deepStrictEqual(mel.ticktext, ["0", "250", "500", "1000", "2000", "4000", "8000"]);
  // mel(1000) = 15 of mel(11025) = 49.91: 15 / 49.91 * 129 - 1
  ok(Math.abs(mel.tickvals[3] - 37.77) < 0.02);
});
