import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { parseRavdess, RAVDESS } from "ser/corpora/ravdess.ts";

Deno.test("parseRavdess() reads every field of a name", () => {
  deepStrictEqual(parseRavdess("Actor_12/03-01-06-02-02-01-12.wav"), {
    id: "03-01-06-02-02-01-12", // the example of the corpus's own description
    corpus: "ravdess",
    label: 5,
    emotion: "fearful",
    speaker: "12",
    sex: "female",
    sentence: "Dogs are sitting by the door",
    intensity: "strong",
    repetition: 1,
  });
});

Deno.test("parseRavdess() does not depend on folders or format", () => {
  const name = "03-01-01-01-01-02-07";
  const expected = parseRavdess(`${name}.wav`);
  for (const path of [`Actor_07/${name}.WAV`, `audio_speech_actors_01-24/Actor_07/${name}.flac`]) {
    deepStrictEqual(parseRavdess(path), expected);
  }
});

Deno.test("parseRavdess() numbers the emotions as the paper's Table 1", () => {
  const labels = [1, 2, 3, 4, 5, 6, 7, 8].map((code) => {
    const facts = parseRavdess(`03-01-0${code}-01-01-01-01.wav`);
    return "label" in facts && `${facts.label} ${facts.emotion}`;
  });
  deepStrictEqual(
    labels,
    "0 neutral,1 calm,2 happy,3 sad,4 angry,5 fearful,6 disgust,7 surprise".split(","),
  );
});

Deno.test("parseRavdess() refuses what is no speech recording, and says why", () => {
  const kindOf = (path: string) => {
    const facts = parseRavdess(path);
    return "kind" in facts ? `${facts.kind}: ${facts.why}` : "accepted";
  };
  strictEqual(kindOf("03-02-01-01-01-01-01.wav"), "extra: song, not speech");
  strictEqual(kindOf("01-01-01-01-01-01-01.wav"), "extra: sound of a video, not audio only");
  strictEqual(
    kindOf("03-01-09-01-01-01-01.wav"),
    "misnamed: the numbers go from 01 to at most 3-2-8-2-2-2-24",
  );
  const shape = "misnamed: a name is seven two-digit numbers joined by -";
  for (const path of ["03-01-01-01-01-01-01 (1).wav", "03-01-01-01-01-01.wav", "DC/a01.wav"]) {
    strictEqual(kindOf(path), shape);
  }
});

Deno.test("RAVDESS has the published counts", () => {
  strictEqual(Object.values(RAVDESS.countsPerEmotion).reduce((a, b) => a + b), RAVDESS.utterances);
  deepStrictEqual(Object.keys(RAVDESS.countsPerEmotion), RAVDESS.emotions);
  strictEqual(RAVDESS.speakers.length, 24);
});
