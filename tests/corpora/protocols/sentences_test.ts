import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { publishedUtterances } from "ser/corpora/manifest.ts";
import { SENTENCE_FOLDS } from "ser/corpora/protocols/sentences.ts";

for (const corpus of ["ravdess", "emodb"] as const) {
  Deno.test(`SENTENCE_FOLDS test every sentence of ${corpus} once`, async () => {
    const tested = SENTENCE_FOLDS[corpus]!.flatMap(({ test }) => test);
    const spoken = new Set((await publishedUtterances(corpus)).map(({ sentence }) => sentence));
    deepStrictEqual(tested.toSorted(), [...spoken].sort());
  });
}

Deno.test("SENTENCE_FOLDS are nearly equal in size", async () => {
  const sizes = async (corpus: "ravdess" | "emodb") => {
    const utterances = await publishedUtterances(corpus);
    return SENTENCE_FOLDS[corpus]!.map(({ test }) =>
      utterances.filter(({ sentence }) => test.includes(sentence)).length
    );
  };
  deepStrictEqual(await sizes("ravdess"), [720, 720]);
  deepStrictEqual(await sizes("emodb"), [34, 36, 39, 40, 39]); // counted from the file names by another program
});

Deno.test("SENTENCE_FOLDS has none for SAVEE", () => {
  strictEqual(SENTENCE_FOLDS.savee, undefined);
});
