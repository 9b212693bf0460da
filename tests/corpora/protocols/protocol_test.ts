import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { CORPUS_NAMES, corpusInfo } from "ser/corpora/info.ts";
import { publishedUtterances } from "ser/corpora/manifest.ts";
import {
  curvePart,
  foldCount,
  PROTOCOL_NAMES,
  type ProtocolName,
  splitInWords,
  type SplitPlan,
  splitUtterances,
} from "ser/corpora/protocols/protocol.ts";
import { stratifiedSplit } from "ser/corpora/protocols/stratified.ts";
import { randomSplit } from "ser/corpora/splits.ts";
import type { CorpusName } from "ser/corpora/types.ts";

/** The corpora that a protocol divides. */
const corporaOf = (split: ProtocolName) =>
  CORPUS_NAMES.filter((corpus) => split !== "sentence-independent" || corpus !== "savee");

/** Every fold of a protocol on a corpus; of one without folds, three seeds. */
function plansOf(split: ProtocolName, corpus: CorpusName): SplitPlan[] {
  const folds = foldCount(split, corpus);
  return Array.from(
    { length: folds || 3 },
    (_, i) => folds ? { corpus, split, fold: i + 1, seed: 0 } : { corpus, split, seed: i },
  );
}

const partsOf = async (plan: SplitPlan) => {
  const utterances = await publishedUtterances(plan.corpus);
  const { train, validation = new Int32Array(), test } = splitUtterances(utterances, plan);
  return { utterances, train, validation, test };
};

for (const split of PROTOCOL_NAMES) {
  for (const corpus of corporaOf(split)) {
    Deno.test(`splitUtterances() ${split}: every utterance of ${corpus} in one part`, async () => {
      for (const plan of plansOf(split, corpus)) {
        const { utterances, train, validation, test } = await partsOf(plan);
        const all = [...train, ...validation, ...test].sort((a, b) => a - b);
        deepStrictEqual(all, Array.from(utterances, (_, i) => i));
        const learned = new Set(Array.from(train, (i) => utterances[i].emotion));
        strictEqual(learned.size, corpusInfo(corpus).emotions.length);
        strictEqual(validation.length > 0, curvePart(plan) === "validation");
      }
    });
  }
}

for (
  const [split, group] of [["speaker-independent", "speaker"], [
    "sentence-independent",
    "sentence",
  ]] as const
) {
  for (const corpus of corporaOf(split)) {
    Deno.test(`splitUtterances() ${split}: no ${group} of ${corpus} on two sides`, async () => {
      const tested: number[] = [];
      for (const plan of plansOf(split, corpus)) {
        const { utterances, train, validation, test } = await partsOf(plan);
        const [known, looked, fresh] = [train, validation, test].map((part) =>
          new Set(Array.from(part, (i) => utterances[i][group]))
        );
        ok(known.isDisjointFrom(fresh) && known.isDisjointFrom(looked));
        ok(looked.isDisjointFrom(fresh));
        deepStrictEqual(splitUtterances(utterances, { ...plan, seed: 9 }).test, test); // for any seed
        tested.push(...test);
      }
      const n = corpusInfo(corpus).utterances;
      deepStrictEqual(tested.sort((a, b) => a - b), Array.from({ length: n }, (_, i) => i));
    });
  }
}

Deno.test("splitUtterances() of a protocol without folds is the split of the seed", async () => {
  const utterances = await publishedUtterances("savee");
  const plan = { corpus: "savee", split: "random", seed: 3 } as const;
  deepStrictEqual(splitUtterances(utterances, plan), randomSplit(480, { seed: 3 }));
  const labels = utterances.map(({ label }) => label);
  const stratified = splitUtterances(utterances, { ...plan, split: "stratified" });
  deepStrictEqual(stratified, stratifiedSplit(labels, { seed: 3 }));
});

Deno.test("foldCount() and curvePart() of each protocol and corpus", () => {
  const count = (split: ProtocolName) => corporaOf(split).map((name) => foldCount(split, name));
  deepStrictEqual(PROTOCOL_NAMES.map(count), [[0, 0, 0], [0, 0, 0], [5, 4, 5], [2, 5]]);
  const part = (split: ProtocolName) =>
    corporaOf(split).map((corpus) => curvePart({ corpus, split })[0]);
  deepStrictEqual(PROTOCOL_NAMES.map(part), [
    ["t", "t", "t"],
    ["v", "v", "v"],
    ["v", "t", "t"],
    ["t", "t"],
  ]);
});

Deno.test("splitInWords() names the fold", () => {
  const plan = { corpus: "ravdess", split: "speaker-independent", fold: 2 } as const;
  strictEqual(splitInWords(plan), "new speakers, fold 2 of 5");
  match(splitInWords({ corpus: "ravdess", split: "stratified" }), /^stratified 64\/16\/20/);
});

Deno.test("splitUtterances() refuses a fold that is not there and says why SAVEE has no sentences", async () => {
  const utterances = await publishedUtterances("savee");
  const plan = { corpus: "savee", split: "speaker-independent", seed: 0 } as const;
  for (const fold of [0, 5, 1.5, undefined]) {
    throws(() => splitUtterances(utterances, { ...plan, fold }), {
      name: "RangeError",
      message:
        `Cannot divide SAVEE: expected fold 1 to 4 of "speaker-independent", received ${fold}`,
    });
  }
  throws(() => foldCount("sentence-independent", "savee"), {
    name: "RangeError",
    message:
      /Cannot divide SAVEE by sentence: .* names that number the sentences within each emotion/,
  });
});

Deno.test("splitUtterances() says what missing recordings have emptied", async () => {
  const utterances = await publishedUtterances("emodb");
  const plan = { corpus: "emodb", split: "speaker-independent", fold: 1, seed: 0 } as const;
  const without = (missing: (u: typeof utterances[number]) => boolean) => () =>
    splitUtterances(utterances.filter((utterance) => !missing(utterance)), plan);
  throws(without(({ speaker }) => speaker === "03" || speaker === "08"), {
    name: "RangeError",
    message: /part of fold 1 .* received none in its part "test"; load the corpus without/,
  });
  throws(
    without(({ speaker, emotion }) => emotion === "sadness" && speaker !== "03"),
    /every emotion in the training part, received no sadness to train on/,
  );
});
