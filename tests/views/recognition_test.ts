import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import {
  familiarityInWords,
  networkReliability,
  networksTable,
  recognitionAttention,
  recognitionFigure,
} from "ser/views/recognition.ts";
import { modelFileText } from "ser/recognition/model_file.ts";
import { loadRecogniser } from "ser/recognition/recogniser.ts";
import { isPlainJson } from "../plots/read_figure.ts";
import { exampleFile, exampleSound, FRAMES } from "../recognition/example.ts";

const files = [await exampleFile("sdnn"), await exampleFile("cnn-attention")];
const recogniser = loadRecogniser(files.map(modelFileText));
const sound = { samples: exampleSound(1.2), sampleRate: 22050 };
const recognition = await recogniser.recognise(sound);
const long = { samples: exampleSound(3, 44100), sampleRate: 44100 };

Deno.test("recognitionFigure() shows the calibrated probabilities, or the others", () => {
  const [calibrated, raw] = [
    recognitionFigure(recognition, "A"),
    recognitionFigure(recognition, "A", "raw"),
  ];
  const short = (rows: number[][]) => rows.map((row) => row.map((p) => Number(p.toFixed(4))));
  deepStrictEqual(calibrated.data[0].z, short(recognition.answers.map((a) => a.probabilities)));
  deepStrictEqual(raw.data[0].z, short(recognition.answers.map((a) => a.raw)));
  deepStrictEqual(calibrated.data[0].y, ["DNN", "CNN-ATN"]);
});

Deno.test("recognitionAttention() draws each weight at its time on the recording", () => {
  const figure = recognitionAttention(sound, recognition, "cnn-attention", "Attention");
  isPlainJson(figure);
  const { attention } = recognition.answers[1], [, weights] = figure.data;
  const times = weights.x as number[];
  strictEqual(times.length, attention!.times.length);
  times.forEach((time, i) => ok(Math.abs(time - attention!.times[i]) < 1e-3)); // 4 digits
});

Deno.test("recognitionAttention() draws what was read of a longer recording", async () => {
  const figure = recognitionAttention(long, await recogniser.recognise(long), "cnn-attention", "A");
  const [wave, weights] = figure.data;
  ok(Math.abs((wave.y as number[]).length * (wave.dx as number) - FRAMES * 512 / 22050) < 0.05);
  strictEqual((weights.x as number[]).length, FRAMES - 24);
});

Deno.test("recognitionAttention() refuses a network without attention", () => {
  throws(() => recognitionAttention(sound, recognition, "sdnn", "A"), {
    name: "RangeError",
    message: 'Cannot draw the attention: expected one of cnn-attention, received "sdnn"',
  });
});

Deno.test("networksTable() and networkReliability() say what a network is worth", () => {
  const html = String(networksTable(files).bundle["text/plain"]);
  match(html, /CNN-ATN.*made-up speech.*2\.00.*20\.0 %.*10\.0 %/);
  const figure = networkReliability(files[0]);
  isPlainJson(figure);
  deepStrictEqual(figure.data.map(({ x }) => x), [[0, 100], [70], [0, 100], [60]]);
});

Deno.test("familiarityInWords() lists the reasons, or says that there is none", async () => {
  match(familiarityInWords(await recogniser.recognise(long)), /\n- It is longer \(3\.0 s\) than/);
  const { familiarity } = recognition;
  const calm = { ...recognition, familiarity: { ...familiarity, familiar: true, reasons: [] } };
  match(
    familiarityInWords(calm),
    /^\*\*Familiar:\*\* nothing .* \(distance \d+\.\d, limit \d+\.\d\)\.$/,
  );
});
