/**
 * Manifests: the committed list of a corpus's recordings with the SHA-256 of their samples, so that a
 * missing, truncated or altered file is noticed before anything is trained on it. @module
 */
import { join } from "@std/path";
import { decodeAudio } from "../audio/decode.ts";
import { sampleSha256 } from "../audio/fingerprint.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import type { Progress } from "../support/progress.ts";
import { corpusInfo, nameParser } from "./info.ts";
import { CorpusError, listFiles, type Problem, shortPath } from "./problems.ts";
import type { CorpusName, NameFacts, Utterance } from "./types.ts";

/** What is known of one recording. */
export interface ManifestEntry {
  /** Samples of each channel. */
  samples: number;
  /** Hz. */
  sampleRate: number;
  /** Hex SHA-256 of the integer samples, interleaved, little endian: the same for WAV and FLAC. */
  sha256: string;
}

/** Every recording of a corpus, by id. */
export type Manifest = ReadonlyMap<string, ManifestEntry>;

/** What was found in a file: its samples, or why they cannot be read. */
export type SampleFacts = { utterance: Utterance } & ({ entry: ManifestEntry } | { error: Error });

/** The titles of the columns. */
export const HEADER = "id\tsamples\tsampleRate\tsha256";

/** Where the manifest of a corpus is. */
export const manifestPath = (name: CorpusName): string =>
  join(PROJECT_ROOT, "data", "manifests", `${name}.tsv`);

/**
 * Reads the committed manifest of a corpus.
 * @throws {CorpusError} If it is not there or damaged.
 * @example Usage
 * ```ts
 * import { readManifest } from "ser/corpora/manifest.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual((await readManifest("emodb")).size, 188);
 * ```
 */
export async function readManifest(name: CorpusName): Promise<Manifest> {
  const path = manifestPath(name);
  const restore = `run "git checkout -- ${shortPath(path)}" to restore it`;
  const text = await Deno.readTextFile(path).catch(() => {
    throw new CorpusError(
      `Cannot check ${corpusInfo(name).title}: no "${shortPath(path)}"; ${restore}`,
    );
  });
  const manifest = parseManifest(text);
  if (manifest?.size === corpusInfo(name).utterances) return manifest;
  throw new CorpusError(
    `Cannot check ${corpusInfo(name).title}: expected ${corpusInfo(name).utterances} lines in "${
      shortPath(path)
    }", received a damaged or shortened file; ${restore}`,
  );
}

/**
 * What the names of all published recordings say, in the order of `loadCorpus`; needs no audio.
 * @throws {CorpusError} If the manifest is not there or damaged.
 * @example Usage
 * ```ts
 * import { publishedUtterances } from "ser/corpora/manifest.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const [{ id, emotion, speaker }] = await publishedUtterances("savee");
 * deepStrictEqual([id, emotion, speaker], ["DC_a01", "anger", "DC"]);
 * ```
 */
export async function publishedUtterances(name: CorpusName): Promise<NameFacts[]> {
  const facts = Array.from((await readManifest(name)).keys(), nameParser(name));
  return facts.filter((fact) => "id" in fact);
}

/** Reads the text of a manifest; undefined if a line cannot be read. */
export function parseManifest(text: string): Manifest | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.shift() !== HEADER) return undefined;
  const manifest = new Map<string, ManifestEntry>();
  for (const line of lines) {
    const match = line.match(/^(\S+)\t(\d+)\t(\d+)\t([0-9a-f]{64})$/);
    if (match === null) return undefined;
    const [, id, samples, sampleRate, sha256] = match;
    manifest.set(id, { samples: Number(samples), sampleRate: Number(sampleRate), sha256 });
  }
  return manifest;
}

/** Decodes the files of utterances, one after the other, and takes their fingerprints. */
export async function readSamples(
  utterances: readonly Utterance[],
  progress?: Progress,
): Promise<SampleFacts[]> {
  const facts: SampleFacts[] = [];
  for (const utterance of utterances) {
    const found = await readOne(utterance).catch((error: Error) => ({ error }));
    facts.push({ utterance, ...found });
    progress?.(facts.length, utterances.length, "fingerprints");
  }
  return facts;
}

async function readOne({ path }: Utterance): Promise<{ entry: ManifestEntry }> {
  const audio = await decodeAudio(await Deno.readFile(path), path), { sampleRate } = audio;
  const sha256 = await sampleSha256(audio);
  return { entry: { samples: audio.channels[0].length, sampleRate, sha256 } };
}

/** Compares samples with the manifest: the problems, and the ids of the utterances that have one. */
export function compareSamples(
  facts: readonly SampleFacts[],
  manifest: Manifest,
): { problems: Problem[]; bad: Set<string> } {
  const owners = new Map(Array.from(manifest, ([id, { sha256 }]) => [sha256, id]));
  const found = facts.flatMap((fact) => difference(fact, manifest, owners) ?? []);
  const alike = Object.groupBy(found, ({ kind, why }) => kind + why.replace(/\d+/g, "#"));
  const problems = Object.values(alike).map((group) => asProblem(group!));
  return { problems, bad: new Set(found.map(({ id }) => id)) };
}

/** A recording that is not as published. */
interface Difference {
  kind: "unreadable" | "altered";
  id: string;
  why: string;
}

/** One problem of recordings that differ in the same way; their reasons may differ in numbers. */
function asProblem(group: Difference[]): Problem {
  const [{ kind, id, why }] = group;
  const files = group.map(({ id }) => id);
  const example = group.every((other) => other.why === why) ? "" : `for example ${id}: `;
  return { kind, files, message: `${listFiles(files, "recording")}: ${example}${why}` };
}

/** How a file differs from what was published; undefined if it does not. */
function difference(
  fact: SampleFacts,
  manifest: Manifest,
  owners: ReadonlyMap<string, string>,
): Difference | undefined {
  const { id } = fact.utterance;
  if ("error" in fact) {
    const why = fact.error.message.replace(/^Cannot \w+ "[^"]*": /, ""); // the id is said already
    return { kind: "unreadable", id, why };
  }
  const expected = manifest.get(id);
  const { sha256, sampleRate } = fact.entry;
  if (expected === undefined) return undefined;
  if (expected.sha256 === sha256 && expected.sampleRate === sampleRate) return undefined;
  return { kind: "altered", id, why: alteration(fact.entry, expected, owners) };
}

function alteration(
  { samples, sampleRate, sha256 }: ManifestEntry,
  expected: ManifestEntry,
  owners: ReadonlyMap<string, string>,
): string {
  if (sampleRate !== expected.sampleRate) {
    return `expected ${expected.sampleRate} Hz, received ${sampleRate} Hz: a resampled copy`;
  }
  const owner = owners.get(sha256);
  if (owner !== undefined) return `holds the recording ${owner}`;
  if (samples < expected.samples) {
    return `truncated: expected ${expected.samples} samples, received ${samples}`;
  }
  return "the samples are not those of the published recording";
}
