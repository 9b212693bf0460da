import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { CORPUS_NAMES, corpusInfo } from "ser/corpora/info.ts";
import { publishedUtterances } from "ser/corpora/manifest.ts";
import { SPEAKER_FOLDS } from "ser/corpora/protocols/speakers.ts";

for (const corpus of CORPUS_NAMES) {
  Deno.test(`SPEAKER_FOLDS test every speaker of ${corpus} once`, () => {
    const tested = SPEAKER_FOLDS[corpus].flatMap(({ test }) => test);
    deepStrictEqual(tested.toSorted(), corpusInfo(corpus).speakers.toSorted());
  });
}

Deno.test("SPEAKER_FOLDS of RAVDESS are the published ones", () => {
  // test and validation actors as printed in the notebook of Mak-Sim/ResLSTM-SER
  const tests = [[2, 5, 14, 15, 16], [3, 6, 7, 13, 18], [10, 11, 12, 19, 20], [8, 17, 21, 23, 24]];
  const validations = [[3, 6], [10, 11], [8, 17], [1, 14], [2, 5]];
  const folds = SPEAKER_FOLDS.ravdess;
  deepStrictEqual(folds.map(({ test }) => test.map(Number)), [...tests, [1, 4, 9, 22]]);
  deepStrictEqual(folds.map(({ validation }) => validation?.map(Number)), validations);
  for (const { test, validation } of folds) ok(!validation!.some((one) => test.includes(one)));
});

Deno.test("SPEAKER_FOLDS of EmoDB leave out a man and a woman, those of SAVEE one speaker", async () => {
  const utterances = await publishedUtterances("emodb");
  const sexOf = new Map(utterances.map(({ speaker, sex }) => [speaker, sex]));
  for (const { test } of SPEAKER_FOLDS.emodb) {
    deepStrictEqual(test.map((speaker) => sexOf.get(speaker)), ["male", "female"]);
  }
  strictEqual(SPEAKER_FOLDS.emodb.length, 5);
  ok(SPEAKER_FOLDS.savee.every(({ test }) => test.length === 1));
});
