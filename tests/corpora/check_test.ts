import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { checkCorpus, makeManifest } from "ser/corpora/check.ts";
import { readManifest } from "ser/corpora/manifest.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { makeCorpus, noiseWav, put, RAVDESS_PATHS } from "./synthetic.ts";

const EMODB_ROOT = join(PROJECT_ROOT, "data", "emodb");

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

Deno.test("makeManifest() makes the committed manifest of data/emodb", async () => {
  const made = await makeManifest("emodb", { root: EMODB_ROOT });
  deepStrictEqual([...made], [...await readManifest("emodb")]);
});

Deno.test("makeManifest() refuses a folder that is not the published corpus", async () => {
  const { root } = await makeCorpus("ravdess");
  await rejects(makeManifest("ravdess", { root }), /expected 1,440 utterances, found 8 good/);
});
