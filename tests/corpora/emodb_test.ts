import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { EMODB, parseEmodb } from "ser/corpora/emodb.ts";

Deno.test("parseEmodb() reads every field of a name", () => {
  deepStrictEqual(parseEmodb("wav/03a01Fc.wav"), {
    id: "03a01Fc", // the example of the corpus's own description: speaker 03, text a01, joy, version c
    corpus: "emodb",
    label: 1,
    emotion: "happiness",
    speaker: "03",
    sex: "male",
    sentence: "Der Lappen liegt auf dem Eisschrank",
    intensity: undefined,
    repetition: 3,
  });
});

Deno.test("parseEmodb() numbers the emotions alphabetically", () => {
  const labels = ["W", "F", "N", "T"].map((code) => {
    const facts = parseEmodb(`08b10${code}a.flac`);
    return "label" in facts && `${facts.label} ${facts.emotion} ${facts.sex}`;
  });
  deepStrictEqual(
    labels,
    ["0 anger female", "1 happiness female", "2 neutral female", "3 sadness female"],
  );
});

Deno.test("parseEmodb() refuses other emotions, speakers and sentences", () => {
  const kindOf = (path: string) => {
    const facts = parseEmodb(path);
    return "kind" in facts ? `${facts.kind}: ${facts.why}` : "accepted";
  };
  strictEqual(kindOf("03a01Lb.wav"), "extra: boredom is not in the excerpt of four emotions");
  strictEqual(kindOf("04a01Wa.wav"), "misnamed: speakers are 03 08 09 10 11 12 13 14 15 16");
  strictEqual(
    kindOf("03a03Wa.wav"),
    "misnamed: sentences are a01 a02 a04 a05 a07 b01 b02 b03 b09 b10",
  );
  strictEqual(
    kindOf("readme.wav"),
    "misnamed: a name is like 03a01Wa: speaker, sentence, emotion, version",
  );
});

Deno.test("EMODB has the counts of the excerpt", () => {
  strictEqual(Object.values(EMODB.countsPerEmotion).reduce((a, b) => a + b), EMODB.utterances);
  deepStrictEqual(Object.keys(EMODB.countsPerEmotion), EMODB.emotions);
  strictEqual(EMODB.speakers.length, 10);
});
