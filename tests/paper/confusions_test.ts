import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { corpusInfo } from "ser/corpora/info.ts";
import { CLASS_FACTS, classFacts } from "ser/paper/confusions.ts";
import { TABLE_2, TEST_UTTERANCES } from "ser/paper/results.ts";

const isCut = (note = "") => note.endsWith("cut, not rounded");

Deno.test("CLASS_FACTS are about each model on each corpus", () => {
  const told = CLASS_FACTS.map(({ model, corpus }) => `${model} ${corpus}`);
  deepStrictEqual(new Set(told), new Set(TABLE_2.map((row) => `${row.model} ${row.corpus}`)));
  strictEqual(CLASS_FACTS.length, 28);
});

Deno.test("printed recalls are counts rounded, but for those flagged as cut", () => {
  for (const { printed, correct, support, note } of CLASS_FACTS) {
    const decimals = printed.split(".")[1]?.length ?? 0, exact = 100 * correct / support;
    const cut = Math.floor(exact * 10 ** decimals) / 10 ** decimals;
    strictEqual(isCut(note) ? cut.toFixed(decimals) : exact.toFixed(decimals), printed);
  }
  strictEqual(CLASS_FACTS.filter(({ note }) => isCut(note)).length, 5);
});

Deno.test("emotions are Table 1's, and no row has more utterances than it can", () => {
  for (const { corpus, emotion, correct, support, confusions = [] } of CLASS_FACTS) {
    const known = corpusInfo(corpus).emotions;
    for (const name of [emotion, ...confusions.map((c) => c.emotion)]) {
      ok(known.includes(name), name);
    }
    const row = confusions.reduce((sum, { count }) => sum + count, correct);
    ok(row <= support, `${emotion}: ${row} > ${support}`);
  }
});

/** Test utterances of each emotion, from all of section 4.4; what it never prints follows from the sum. */
const PAPER_SUPPORTS: Record<"ravdess" | "savee", Record<string, number>> = {
  ravdess: {
    ...{ neutral: 21, calm: 40, happy: 29, sad: 44, angry: 36, surprise: 41 },
    "fearful and disgust": 77,
  },
  savee: {
    ...{ anger: 12, disgust: 10, fear: 16, happiness: 11, neutral: 23, sadness: 12, surprise: 12 },
  },
};

Deno.test("supports are the same in all facts, but for one, and sum to the test sets", () => {
  for (const { corpus, emotion, support, note } of CLASS_FACTS) {
    const expected = PAPER_SUPPORTS[corpus][emotion];
    if (support !== expected) strictEqual(note, "support 20 here, 21 for every other model");
  }
  for (const corpus of ["ravdess", "savee"] as const) {
    const sum = Object.values(PAPER_SUPPORTS[corpus]).reduce((total, n) => total + n, 0);
    strictEqual(sum, TEST_UTTERANCES[corpus]);
  }
});

Deno.test("the emotions that are told leave a possible rest", () => {
  for (const { model, corpus, correct, total } of TABLE_2) {
    const facts = classFacts(model, corpus);
    const told = facts.reduce((sum, fact) => sum + fact.correct, 0);
    const others = total - facts.reduce((sum, fact) => sum + fact.support, 0);
    ok(correct - told >= 0 && correct - told <= others, `${model} ${corpus}`);
  }
});

Deno.test("classFacts() gives those of one model, in order", () => {
  const facts = classFacts("cnn-attention", "savee");
  deepStrictEqual(facts.map(({ emotion }) => emotion), ["disgust", "anger", "sadness"]);
  deepStrictEqual(classFacts("cnn-attention", "emodb"), []);
});
