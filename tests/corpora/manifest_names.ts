/** The utterances of the whole corpora without their files: the committed manifests hold every name. */
import { nameParser } from "ser/corpora/info.ts";
import { readManifest } from "ser/corpora/manifest.ts";
import type { CorpusName, NameFacts } from "ser/corpora/types.ts";

/** What the names of a corpus say, in the order of `loadCorpus`. */
export async function utterancesOf(name: CorpusName): Promise<NameFacts[]> {
  return Array.from((await readManifest(name)).keys(), (id) => {
    const facts = nameParser(name)(id);
    if (!("id" in facts)) throw new Error(`not a name of ${name}: ${id}`);
    return facts;
  });
}
