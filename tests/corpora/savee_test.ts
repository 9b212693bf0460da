import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { parseSavee, SAVEE } from "ser/corpora/savee.ts";

const EXPECTED = {
  id: "JE_sa14",
  corpus: "savee",
  label: 5,
  emotion: "sadness",
  speaker: "JE",
  sex: "male",
  sentence: "sa14",
  intensity: undefined,
  repetition: 1,
};

Deno.test("parseSavee() reads every published and copied layout", () => {
  const paths = ["JE/sa14.wav", "AudioData/JE/sa14.wav", "JE_sa14.wav", "ALL/JE_sa14.flac"];
  for (const path of paths) deepStrictEqual(parseSavee(path), EXPECTED);
  deepStrictEqual(parseSavee("JE/JE_sa14.wav"), EXPECTED);
});

Deno.test("parseSavee() numbers the emotions as the paper's Table 1", () => {
  const labels = ["a", "d", "f", "h", "n", "sa", "su"].map((code) => {
    const facts = parseSavee(`KL/${code}01.wav`);
    return "label" in facts && `${facts.label} ${facts.emotion}`;
  });
  deepStrictEqual(
    labels,
    "0 anger,1 disgust,2 fear,3 happiness,4 neutral,5 sadness,6 surprise".split(","),
  );
});

Deno.test("parseSavee() refuses a name without a speaker or with two", () => {
  const why = (path: string) => {
    const facts = parseSavee(path);
    return "kind" in facts ? facts.why : "accepted";
  };
  strictEqual(why("a01.wav"), "not in a folder named DC, JE, JK, KL");
  strictEqual(why("JE/DC_a01.wav"), "the name and the folder say different speakers");
  strictEqual(why("DC/s01.wav"), "a name is one of a d f h n sa su and two digits");
  strictEqual(why("DC/a1.wav"), "a name is one of a d f h n sa su and two digits");
});

Deno.test("SAVEE has the published counts", () => {
  strictEqual(Object.values(SAVEE.countsPerEmotion).reduce((a, b) => a + b), SAVEE.utterances);
  deepStrictEqual(Object.keys(SAVEE.countsPerEmotion), SAVEE.emotions);
});
