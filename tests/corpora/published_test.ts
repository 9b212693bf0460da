/** The corpora as published, where they are on this machine: in SER_DATA, data/ or ../shared/corpora. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { loadDataset } from "ser/corpora/dataset.ts";
import { corpusPlaces, findCorpus } from "ser/corpora/find.ts";
import { CORPUS_NAMES } from "ser/corpora/info.ts";
import { loadCorpus } from "ser/corpora/load.ts";
import { readManifest, readSamples } from "ser/corpora/manifest.ts";
import { exists, PROJECT_ROOT } from "ser/support/files.ts";

const SHARED = join(PROJECT_ROOT, "..", "shared", "corpora");
const places = [...corpusPlaces(), SHARED];

/** The name of a test that is left out where there are no files for it. */
const nameOf = (what: string, there: boolean) =>
  there ? what : `${what} (left out: not in ${places.join(", ")})`;

for (const name of CORPUS_NAMES) {
  const root = await findCorpus(name, { places });
  Deno.test({
    name: nameOf(`loadCorpus() finds the published counts of ${name}`, root !== undefined),
    ignore: root === undefined,
    fn: async () => {
      const { utterances, problems, info } = await loadCorpus(name, { root });
      deepStrictEqual([utterances.length, problems], [info.utterances, []]);
      for (const [label, emotion] of info.emotions.entries()) {
        const n = utterances.filter((utterance) => utterance.label === label).length;
        strictEqual(n, info.countsPerEmotion[emotion]);
      }
      deepStrictEqual([...new Set(utterances.map(({ speaker }) => speaker))], info.speakers);
      const names = utterances.map(({ id }) => id); // in the order of the manifest, as splits need it
      deepStrictEqual(names, [...(await readManifest(name)).keys()]);
    },
  });
}

const savee = await findCorpus("savee", { places });
Deno.test({
  name: nameOf("loadDataset() pads SAVEE to the paper's 308 frames", savee !== undefined),
  ignore: savee === undefined,
  fn: async () => {
    const { x, trueFrames, corpus } = await loadDataset("savee", { root: savee });
    strictEqual(x.length, 480 * 308 * 40);
    const longest = trueFrames.indexOf(Math.max(...trueFrames));
    deepStrictEqual([trueFrames[longest], corpus.utterances[longest].id], [308, "JE_sa14"]);
  },
});

const originals = join(SHARED, "originals");
const haveOriginals = await exists(originals);
for (const name of ["ravdess", "savee"] as const) {
  Deno.test({
    name: nameOf(`published WAV of ${name} has the fingerprint in the manifest`, haveOriginals),
    ignore: !haveOriginals,
    fn: async () => {
      const manifest = await readManifest(name);
      const { utterances } = await loadCorpus(name, {
        root: join(originals, name),
        allowProblems: true, // a few files only
      });
      const facts = await readSamples(utterances);
      for (const fact of facts) {
        deepStrictEqual("entry" in fact && fact.entry, manifest.get(fact.utterance.id));
      }
      strictEqual(facts.length > 0, true);
    },
  });
}
