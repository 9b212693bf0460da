/** Checking every sample of a corpus. @module */
import { type Corpus, listCorpus, type LoadOptions } from "./load.ts";
import { compareSamples, readManifest, readSamples } from "./manifest.ts";
import type { Manifest, SampleFacts } from "./manifest.ts";
import type { CorpusName } from "./types.ts";

/**
 * Decodes every file of a corpus and compares its samples with the manifest.
 * @param name The corpus.
 * @param options Where it is; `allowProblems` is not needed.
 * @returns The good utterances, and everything that is wrong.
 * @throws {CorpusError} If it is not found, or no file in its folder is named as the corpus names them.
 */
export async function checkCorpus(name: CorpusName, options: LoadOptions = {}): Promise<Corpus> {
  const manifest = options.manifest ?? await readManifest(name);
  const listed = await listCorpus(name, { ...options, manifest });
  const facts = await readSamples(listed.utterances, options.progress);
  return withoutDamaged(listed, facts, manifest);
}

/** The corpus without the utterances whose samples are not those of the manifest. */
export function withoutDamaged(
  corpus: Corpus,
  facts: readonly SampleFacts[],
  manifest: Manifest,
): Corpus {
  const { problems, bad } = compareSamples(facts, manifest);
  return {
    ...corpus,
    utterances: corpus.utterances.filter(({ id }) => !bad.has(id)),
    problems: [...corpus.problems, ...problems],
  };
}
