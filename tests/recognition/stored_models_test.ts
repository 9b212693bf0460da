/** The model files that come with the project. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { fitSilence } from "ser/audio/trim.ts";
import { corpusPlaces, findCorpus } from "ser/corpora/find.ts";
import { loadDataset } from "ser/corpora/dataset.ts";
import { loadBackend } from "ser/backend/load.ts";
import { fitTemperature } from "ser/evaluation/calibration.ts";
import { mahalanobis } from "ser/evaluation/mahalanobis.ts";
import { silencesOf } from "ser/recognition/export.ts";
import { readModelFile } from "ser/recognition/model_file.ts";
import { readModelFiles } from "ser/recognition/model_files.ts";
import { readSound } from "ser/recognition/read_sound.ts";
import { loadRecogniser, type ModelAnswer } from "ser/recognition/recogniser.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { MODEL_NAMES } from "ser/models/catalogue.ts";
import { splitOf } from "ser/training/run_data.ts";

await loadBackend();
const files = await readModelFiles("emodb"), recogniser = loadRecogniser(files);
const dataset = await loadDataset("emodb");
const split = splitOf({ corpus: "emodb", split: "stratified", seed: 0 }, dataset);

const places = [...corpusPlaces(), join(PROJECT_ROOT, "..", "shared", "corpora")];
for (const corpus of ["emodb", "ravdess"] as const) {
  const root = await findCorpus(corpus, { places });
  const name =
    `the networks of ${corpus} answer the test part as well as their files say, and hardly worse with the silence fitted`;
  Deno.test({
    name: root ? name : `${name} (left out: not in ${places.join(", ")})`,
    ignore: root === undefined,
    fn: async () => {
      const recogniser = loadRecogniser(await readModelFiles(corpus));
      const dataset = await loadDataset(corpus, { root }), { utterances } = dataset.corpus;
      const { test } = splitOf({ corpus, split: "stratified", seed: 0 }, dataset);
      const right = recogniser.networks.map(() => 0), fittedRight = [...right];
      for (const i of test) {
        const sound = await readSound(utterances[i].path);
        const { samples } = fitSilence(sound, recogniser.silence);
        const { answers } = await recogniser.recognise(sound);
        const fitted = samples === sound.samples
          ? answers
          : (await recogniser.recognise({ ...sound, samples })).answers;
        const count = (counts: number[]) => ({ emotion }: ModelAnswer, n: number) =>
          counts[n] += Number(emotion === utterances[i].emotion);
        answers.forEach(count(right));
        fitted.forEach(count(fittedRight));
      }
      const correct = recogniser.networks.map(({ training }) => training.correct);
      deepStrictEqual(right, correct);
      correct.forEach((count, n) => { // with the silence fitted: RAVDESS's CNN lost 30 by medians alone
        ok(fittedRight[n] >= count - 0.02 * test.length, `${fittedRight}, as they are ${correct}`);
      });
      recogniser.dispose();
    },
  });
}

Deno.test("the temperatures of EmoDB's networks are those of its validation part", async () => {
  const probabilities = recogniser.networks.map((): number[] => []);
  for (const i of split.validation!) {
    const sound = await readSound(dataset.corpus.utterances[i].path);
    const { answers } = await recogniser.recognise(sound);
    answers.forEach(({ raw }, n) => probabilities[n].push(...raw));
  }
  const labels = Array.from(split.validation!, (i) => dataset.labels[i]);
  recogniser.networks.forEach(({ calibration }, n) => {
    const fitted = fitTemperature({ probabilities: probabilities[n], labels });
    ok(Math.abs(Math.log(fitted / calibration.temperature)) < 1e-3); // batches of one: other rounding
  });
});

Deno.test("the silence in EmoDB's files is that of its recordings", async () => {
  const silences = await silencesOf(dataset), [{ speech }] = recogniser.networks;
  strictEqual(silences.length, 188); // speech is found in all
  for (const side of ["before", "after"] as const) {
    const sorted = silences.map((silence) => silence[side]).sort((a, b) => a - b);
    const { least, median, most } = speech.silence[side];
    ok(Math.abs((sorted[93] + sorted[94]) / 2 - median) < 1e-6); // of an even number
    ok(least >= sorted[9] && least <= sorted[10] + 1e-6); // 5 % of the 187 steps: 9.35
    ok(most >= sorted[177] - 1e-6 && most <= sorted[178] + 1e-6);
  }
});

Deno.test("99 % of the held-out recordings of EmoDB are within the limit", () => {
  const [{ speech }] = recogniser.networks, learned = new Set(split.train);
  const distances = Array.from(dataset.labels, (_, i) => i)
    .filter((i) => !learned.has(i))
    .map((i) => mahalanobis(dataset.means.subarray(40 * i, 40 * i + 40), speech.means));
  const beyond = distances.filter((distance) => distance > speech.farthest).length;
  strictEqual(beyond, Math.ceil(0.01 * (distances.length - 1))); // one of 68
});

Deno.test("the networks of RAVDESS say under which licence they are passed on", async () => {
  const files = await readModelFiles("ravdess");
  strictEqual(files.length, MODEL_NAMES.length);
  for (const file of files) {
    const { licence, labels, features } = readModelFile(file, "ravdess");
    strictEqual(licence.id, "CC-BY-NC-SA-4.0");
    ok(/Livingstone/.test(licence.notice) && /commercial/.test(licence.notice));
    deepStrictEqual([labels.length, features.frames], [8, 228]);
  }
});
