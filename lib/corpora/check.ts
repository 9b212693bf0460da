/** Checking every sample of a corpus, and making the manifest that this is done with. @module */
import type { Progress } from "../support/progress.ts";
import { findCorpus, notFoundError } from "./find.ts";
import { corpusInfo, nameParser } from "./info.ts";
import { type Corpus, listCorpus, type LoadOptions } from "./load.ts";
import {
  compareSamples,
  type Manifest,
  type ManifestEntry,
  readManifest,
  readSamples,
  type SampleFacts,
} from "./manifest.ts";
import { CorpusError, problemsError } from "./problems.ts";
import { scanFolder } from "./scan.ts";
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

/**
 * The corpus without the utterances whose samples are not those of the manifest.
 * @param corpus As listed.
 * @param facts What was found in the file of each of its utterances.
 * @param manifest What should be there.
 */
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

/**
 * Makes a manifest from a folder that is known to hold the published files, for maintainers.
 * @param name The corpus.
 * @param options Where it is.
 * @returns One entry for each utterance, in the order of `loadCorpus`.
 * @throws {CorpusError} If the folder does not hold the published number of readable recordings.
 */
export async function makeManifest(
  name: CorpusName,
  options: { root?: string; progress?: Progress } = {},
): Promise<Manifest> {
  const info = corpusInfo(name), parse = nameParser(name);
  const root = options.root ?? await findCorpus(name);
  if (root === undefined) throw notFoundError(name);
  const names = (await scanFolder(root)).audio.map(parse).filter((facts) => "id" in facts);
  const unchecked = new Map(names.map(({ id }) => [id, {} as ManifestEntry]));
  const { utterances, problems } = await listCorpus(name, { root, manifest: unchecked });
  if (problems.length > 0 || utterances.length !== info.utterances) {
    throw problemsError(info, root, problems, utterances.length, info.utterances);
  }
  const facts = await readSamples(utterances, options.progress);
  return new Map(facts.map((fact) => {
    if ("error" in fact) throw new CorpusError(fact.error.message);
    return [fact.utterance.id, fact.entry];
  }));
}
