import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { loadDataset } from "ser/corpora/dataset.ts";
import { corpusInfo } from "ser/corpora/info.ts";
import { attentionWeights } from "ser/models/attention_weights.ts";
import { lstmAttention } from "ser/models/lstm_attention.ts";
import { attentionExample, attentionOver } from "ser/views/attention.ts";
import { experiment } from "ser/training/experiment.ts";
import type { Prediction, RunResult } from "ser/training/stored_run.ts";
import { axisTitle, isPlainJson } from "../plots/read_figure.ts";

await loadBackend();
const dataset = await loadDataset("emodb"), { corpus, frames, coefficients } = dataset;
const [first, second] = corpus.utterances;
const predictions: Prediction[] = [
  { id: first.id, label: first.label, predicted: first.label, probabilities: [0.1, 0.7, 0.1, 0.1] },
  { id: second.id, label: second.label, predicted: 3, probabilities: [0, 0, 0.4, 0.6] },
];
const run = {
  experiment: experiment({ model: "lstm-attention", corpus: "emodb" }),
  predictions,
} as RunResult;
const model = lstmAttention({ frames, classes: 4, seed: 1 });
const trained = { run, model, dataset };

Deno.test("attentionOver() draws the weights that the model gives to the utterance's padded frames", async () => {
  const figure = await attentionOver(trained, corpus, second.id);
  isPlainJson(figure);
  const size = frames * coefficients, x = dataset.x.subarray(size, 2 * size); // from the cache
  const expected = tf.tidy(() =>
    attentionWeights(model, tf.tensor3d(x, [1, frames, coefficients])).dataSync()
  );
  const drawn = figure.data[1].y as number[];
  strictEqual(drawn.length, frames);
  // three digits are drawn, off by at most half of 1 in 100; MFCCs from the cache differ by 3e-5
  drawn.forEach((weight, i) => ok(Math.abs(weight / expected[i] - 1) < 5.1e-3));
});

Deno.test("attentionOver() shows waveform, log-mel and the sound's address of speech that may be heard", async () => {
  const figure = await attentionOver(trained, corpus, "03a01Wa");
  deepStrictEqual(figure.data.map(({ name }) => name), ["waveform", "attention", "log-mel"]);
  strictEqual((figure.data[2].z as unknown[]).length, 64);
  const { audio, seconds } = figure.layout.meta as { audio: string; seconds: number };
  strictEqual(audio, "../data/emodb/03a01Wa.flac");
  ok(Math.abs(seconds - 1.878) < 1e-3); // soxi: 30045 samples at 16 kHz
  match(
    (figure.layout.title as { text: string }).text,
    /^anger \(EmoDB excerpt 03a01Wa\); the network says \w+, \d+ %$/,
  );
});

Deno.test("attentionOver() shows of other speech an envelope alone, and no address", async () => {
  const guarded = { ...corpus, info: corpusInfo("savee") };
  const figure = await attentionOver(trained, guarded, first.id);
  deepStrictEqual(figure.data.map(({ name }) => name), ["envelope", "attention"]);
  strictEqual(figure.layout.meta, undefined);
  strictEqual(axisTitle(figure, "yaxis"), "RMS amplitude");
});

Deno.test("attentionOver() refuses what the corpus does not have, and what is too long", async () => {
  await rejects(attentionOver(trained, corpus, "nobody"), {
    name: "RangeError",
    message: 'Cannot find the utterance: expected one of EmoDB excerpt, received "nobody"',
  });
  const short = { ...trained, dataset: { ...dataset, frames: 10 } };
  await rejects(attentionOver(short, corpus, first.id), {
    name: "RangeError",
    message: /received 10$/,
  });
});

Deno.test("attentionExample() picks a right or a wrong answer, and says which", async () => {
  const titleOf = async (recognised: boolean) =>
    ((await attentionExample(trained, { recognised }))!.layout.title as { text: string }).text;
  strictEqual(await titleOf(true), `happiness, recognised (EmoDB excerpt ${first.id})`);
  strictEqual(await titleOf(false), `neutral, taken for sadness (EmoDB excerpt ${second.id})`);
  const none = { ...trained, run: { ...run, predictions: [] } };
  strictEqual(await attentionExample(none, { recognised: true }), undefined);
});
