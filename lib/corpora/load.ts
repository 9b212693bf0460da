/** Loading the list of utterances of a corpus, with everything wrong in its folder. @module */
import { join } from "@std/path";
import type { Progress } from "../support/progress.ts";
import { findCorpus, notFoundError } from "./find.ts";
import { corpusInfo, nameParser } from "./info.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { CorpusError, count, listFiles, problemsError, shortPath } from "./problems.ts";
import type { Problem } from "./problems.ts";
import { type FolderContent, keepOnce, scanFolder, surplusFolders } from "./scan.ts";
import type { CorpusInfo, CorpusName, ParseName, Refusal, Utterance } from "./types.ts";
import { checkOptions } from "../support/options.ts";

/** How to load a corpus. */
export interface LoadOptions {
  /** Folder of the corpus. @default {as `findCorpus`} */
  root?: string;
  /** Go on with the good files if some are not, each recording once. @default {false} */
  allowProblems?: boolean;
  /** The recordings that should be there. @default {data/manifests/<name>.tsv} */
  manifest?: Manifest;
  /** Told about long steps. */
  progress?: Progress;
}

/** Their names. */
export const LOAD_OPTIONS = "root allowProblems manifest progress";

/** The utterances of a corpus on disk. */
export interface Corpus {
  /** Facts from its publication. */
  info: CorpusInfo;
  /** Its folder. */
  root: string;
  /** Sorted by speaker, then name, however the folders are nested: the order of the splits. */
  utterances: Utterance[];
  /** What is wrong with the folder; empty unless problems were allowed. */
  problems: Problem[];
}

/**
 * Lists the utterances of a corpus and checks names and counts; the samples are not read
 * (`loadDataset` compares those with the manifest).
 * @param name The corpus.
 * @param options Where it is, and whether problems are allowed.
 * @throws {CorpusError} If it is not found, its folder holds no such audio, or anything in it is
 * missing, extra, duplicate or misnamed: one message with all of it.
 * @example Usage
 * ```ts
 * import { loadCorpus } from "ser/corpora/load.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const { utterances } = await loadCorpus("emodb");
 * const { id, emotion, speaker, sex } = utterances[0];
 * deepStrictEqual([id, emotion, speaker, sex], ["03a01Fa", "happiness", "03", "male"]);
 * ```
 */
export async function loadCorpus(name: CorpusName, options: LoadOptions = {}): Promise<Corpus> {
  checkOptions("load the corpus", options, LOAD_OPTIONS);
  const corpus = await listCorpus(name, options);
  if (corpus.problems.length > 0 && !options.allowProblems) {
    const expected = options.manifest?.size ?? corpus.info.utterances;
    const good = corpus.utterances.length;
    throw problemsError(corpus.info, corpus.root, corpus.problems, good, expected);
  }
  return corpus;
}

/** As `loadCorpus` with problems allowed; throws only if there is no utterance at all. */
export async function listCorpus(name: CorpusName, options: LoadOptions = {}): Promise<Corpus> {
  const info = corpusInfo(name);
  const root = options.root ?? await findCorpus(name);
  if (root === undefined) throw notFoundError(name);
  const manifest = options.manifest ?? await readManifest(name);
  const content = await scanFolder(root).catch((error) => {
    throw new CorpusError(
      `Cannot load ${info.title}: cannot read the folder "${
        shortPath(root)
      }" (${error.message}); README section "Data" tells where to put it`,
    );
  });
  const { utterances, problems } = sortOut(info, content, manifest);
  options.progress?.(utterances.length, manifest.size, `files of ${info.title}`);
  if (utterances.length === 0) throw wrongFolderError(info, root, content);
  return {
    info,
    root,
    utterances: utterances.map((found) => ({ ...found, path: join(root, found.path) })),
    problems,
  };
}

type Refused = Refusal & { path: string };

/** Divides audio files into utterances of the manifest and problems. */
function sortOut(
  info: CorpusInfo,
  content: FolderContent,
  manifest: Manifest,
): Pick<Corpus, "utterances" | "problems"> {
  const parse = nameParser(info.name);
  const named = new Map<string, Utterance>(), refused: Refused[] = [];
  const unknown = `no recording of ${info.title} has this name`;
  for (const path of content.audio) {
    const facts = parse(path);
    if ("kind" in facts) refused.push({ path, ...facts });
    else if (manifest.has(facts.id)) named.set(path, { ...facts, path });
    else refused.push({ path, kind: "extra", why: unknown });
  }
  const { kept, surplus } = keepOnce([...named.keys()], (path) => named.get(path)!.id);
  const utterances = Array.from(kept.values(), (path) => named.get(path)!)
    .sort((a, b) => orderKey(a) < orderKey(b) ? -1 : 1);
  const problems = [
    ...missingProblems(utterances, manifest, parse),
    ...duplicateProblems(info, content.audio, surplus),
    ...refusalProblems(refused),
  ];
  return { utterances, problems };
}

const orderKey = ({ speaker, id }: Utterance): string => `${speaker}/${id}`;

function missingProblems(
  utterances: readonly Utterance[],
  manifest: Manifest,
  parse: ParseName,
): Problem[] {
  const found = new Set(utterances.map(({ id }) => id));
  const files = [...manifest.keys()].filter((id) => !found.has(id));
  if (files.length === 0) return [];
  const expected = [...manifest.keys()].map(parse).filter((facts) => "id" in facts);
  const lacks = (field: "emotion" | "speaker") => {
    const wanted = Object.groupBy(expected, (facts) => facts[field]);
    return Object.entries(wanted).flatMap(([value, all]) => {
      const here = all!.filter(({ id }) => found.has(id)).length;
      return here < all!.length ? [`${value} ${here} of ${all!.length}`] : [];
    }).join(", ");
  };
  return [
    { kind: "missing", files, message: listFiles(files, "recording") },
    {
      kind: "counts",
      files: [],
      message: `emotions: ${lacks("emotion")}; speakers: ${lacks("speaker")}`,
    },
  ];
}

function duplicateProblems(
  info: CorpusInfo,
  audio: readonly string[],
  surplus: readonly string[],
): Problem[] {
  if (surplus.length === 0) return [];
  const { folders, files } = surplusFolders(audio, surplus);
  const why = info.name === "ravdess" && folders.length > 0
    ? " (the Kaggle archive holds each file in two places)"
    : "";
  const remove = [
    folders.length > 0 ? `its folder ${folders.map((folder) => `"${folder}"`).join(", ")}` : "",
    files.length > 0 ? listFiles(files) : "",
  ].filter((part) => part !== "").join(" and ");
  const message = `${
    count(surplus.length, "file")
  } of recordings that are there already${why}: remove ${remove}`;
  return [{ kind: "duplicate", files: [...surplus], message }];
}

/** One problem for each reason, with all its files. */
function refusalProblems(refused: readonly Refused[]): Problem[] {
  const byReason = Object.groupBy(refused, ({ kind, why }) => `${kind}: ${why}`);
  return Object.values(byReason).map((group) => {
    const { kind, why } = group![0];
    const files = group!.map(({ path }) => path);
    return { kind, files, message: `${listFiles(files)}: ${why}` };
  });
}

function wrongFolderError(info: CorpusInfo, root: string, content: FolderContent): CorpusError {
  const others = Array.from(content.others, ([extension, n]) => `${n} ${extension}`).join(", ");
  const received = content.audio.length > 0
    ? `none of ${count(content.audio.length, "audio file")} has a name of it (the first is ${
      content.audio[0]
    })`
    : `no .wav or .flac file${others === "" ? "" : `, only ${others}`}`;
  return new CorpusError(
    `Cannot load ${info.title} from "${shortPath(root)}": expected ${
      count(info.utterances, "recording")
    }, received ${received}; README section "Data" tells what belongs there: ${info.obtain}`,
  );
}
