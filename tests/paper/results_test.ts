import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  ABLATIONS,
  countsThatRoundTo,
  PAPER_TITLES,
  paperResult,
  TABLE_2,
  TEST_UTTERANCES,
} from "ser/paper/results.ts";
import { corpusInfo } from "ser/corpora/info.ts";
import { MODELS } from "ser/models/catalogue.ts";

Deno.test("TABLE_2 has six models on two corpora", () => {
  strictEqual(TABLE_2.length, 12);
  strictEqual(new Set(TABLE_2.map(({ model, corpus }) => `${model} ${corpus}`)).size, 12);
});

Deno.test("the paper's accuracies are the counts of paper-notes 1.7 and 6", () => {
  const counts = (corpus: string) =>
    TABLE_2.filter((row) => row.corpus === corpus).map(({ correct }) => correct);
  deepStrictEqual(counts("ravdess"), [94, 130, 202, 190, 203, 222]);
  deepStrictEqual(counts("savee"), [46, 67, 64, 67, 53, 71]);
  deepStrictEqual(ABLATIONS.map(({ correct }) => correct), [203, 193, 53, 187, 45]);
});

Deno.test("every printed accuracy is its count rounded, but for the two that are flagged", () => {
  const all = [...TABLE_2, ...ABLATIONS];
  for (const { printed, correct, total, impossible } of all) {
    const decimals = printed.split(".")[1]?.length ?? 0;
    strictEqual((100 * correct / total).toFixed(decimals) === printed, !impossible, printed);
  }
  const flagged = all.filter(({ impossible }) => impossible);
  deepStrictEqual(flagged.map(({ printed }) => printed), ["45.18", "55.7"]);
  ok(flagged.every(({ note }) => note?.startsWith("impossible as printed")));
});

Deno.test("TEST_UTTERANCES are a fifth of the corpora", () => {
  for (const corpus of ["ravdess", "savee"] as const) {
    strictEqual(TEST_UTTERANCES[corpus], corpusInfo(corpus).utterances / 5);
  }
});

Deno.test("paperResult() tells an ablation from the model itself", () => {
  strictEqual(paperResult("cnn-attention", "savee")?.printed, "74");
  strictEqual(paperResult("cnn-attention", "savee", "without dropout")?.printed, "47");
  strictEqual(paperResult("cnn-attention", "savee", "zero padding"), undefined);
});

Deno.test("countsThatRoundTo() finds counts and finds none", () => {
  deepStrictEqual(countsThatRoundTo("66.67", 96), [64]);
  deepStrictEqual(countsThatRoundTo("70", 288), [201, 202, 203]);
  deepStrictEqual(countsThatRoundTo("55.7", 96), []);
});

Deno.test("models have the same name here and in experiments", () => {
  for (const [name, { title }] of Object.entries(MODELS)) {
    strictEqual(PAPER_TITLES[name as keyof typeof PAPER_TITLES], title);
  }
});
