import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { checkCorpus } from "ser/corpora/check.ts";
import { makeCorpus, noiseWav, put, RAVDESS_PATHS } from "./synthetic.ts";

Deno.test("checkCorpus() finds nothing wrong in a whole corpus", async () => {
  const { root, manifest } = await makeCorpus("ravdess");
  const corpus = await checkCorpus("ravdess", { root, manifest });
  deepStrictEqual([corpus.utterances.length, corpus.problems], [8, []]);
});

Deno.test("checkCorpus() leaves altered recordings out and says so", async () => {
  const { root, manifest } = await makeCorpus("ravdess");
  await put(root, RAVDESS_PATHS[5], noiseWav(99, 3500));
  const { utterances, problems } = await checkCorpus("ravdess", { root, manifest });
  strictEqual(utterances.length, 7);
  deepStrictEqual(problems.map(({ kind, message }) => `${kind}: ${message}`), [
    "altered: 1 recording (03-01-01-01-02-01-02): the samples are not those of the published recording",
  ]);
});
