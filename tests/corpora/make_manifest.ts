/**
 * Makes the manifest of a corpus from a folder that is known to hold the published files:
 * `deno run -A tests/corpora/make_manifest.ts CORPUS`. @module
 */
import { findCorpus, notFoundError } from "ser/corpora/find.ts";
import { corpusInfo, nameParser } from "ser/corpora/info.ts";
import { listCorpus } from "ser/corpora/load.ts";
import {
  HEADER,
  type Manifest,
  type ManifestEntry,
  manifestPath,
  readSamples,
} from "ser/corpora/manifest.ts";
import { CorpusError, problemsError } from "ser/corpora/problems.ts";
import { scanFolder } from "ser/corpora/scan.ts";
import type { CorpusName } from "ser/corpora/types.ts";
import { writeFileAtomic } from "ser/support/files.ts";

/**
 * One entry for each utterance, in the order of `loadCorpus`.
 * @throws {CorpusError} If the folder does not hold the published number of readable recordings.
 */
export async function makeManifest(name: CorpusName, folder?: string): Promise<Manifest> {
  const info = corpusInfo(name), parse = nameParser(name);
  const root = folder ?? await findCorpus(name);
  if (root === undefined) throw notFoundError(name);
  const names = (await scanFolder(root)).audio.map(parse).filter((facts) => "id" in facts);
  const unchecked = new Map(names.map(({ id }) => [id, {} as ManifestEntry]));
  const { utterances, problems } = await listCorpus(name, { root, manifest: unchecked });
  if (problems.length > 0 || utterances.length !== info.utterances) {
    throw problemsError(info, root, problems, utterances.length, info.utterances);
  }
  const facts = await readSamples(utterances);
  return new Map(facts.map((fact) => {
    if ("error" in fact) throw new CorpusError(fact.error.message);
    return [fact.utterance.id, fact.entry];
  }));
}

/** The text of a manifest, as `parseManifest` reads it. */
export function formatManifest(name: CorpusName, manifest: Manifest): string {
  const about = `# ${
    corpusInfo(name).title
  }: SHA-256 of the integer samples (interleaved, little endian). Made by: deno run -A tests/corpora/make_manifest.ts ${name}`;
  const lines = Array.from(
    manifest,
    ([id, { samples, sampleRate, sha256 }]) => `${id}\t${samples}\t${sampleRate}\t${sha256}`,
  );
  return [about, HEADER, ...lines, ""].join("\n");
}

if (import.meta.main) {
  const name = Deno.args[0] as CorpusName;
  await writeFileAtomic(manifestPath(name), formatManifest(name, await makeManifest(name)));
}
