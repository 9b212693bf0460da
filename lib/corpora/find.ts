/** Where corpora are: `SER_DATA/<name>`, then `data/<name>` of the project. @module */
import { join, resolve } from "@std/path";
import { PROJECT_ROOT } from "../support/files.ts";
import { CORPUS_NAMES, corpusInfo } from "./info.ts";
import { CorpusError, shortPath } from "./problems.ts";
import type { CorpusName } from "./types.ts";

/** Where to look. */
export interface FindOptions {
  /** Folders that may hold a folder of the corpus's name. @default {SER_DATA if set, then data/} */
  places?: readonly string[];
}

/**
 * The folders that are searched for corpora, best first.
 * @throws {CorpusError} If SER_DATA is set to something that is not a folder.
 */
export function corpusPlaces(): string[] {
  const own = join(PROJECT_ROOT, "data");
  const elsewhere = Deno.env.get("SER_DATA");
  if (!elsewhere) return [own];
  if (!isFolder(elsewhere)) {
    throw new CorpusError(
      `Cannot look for corpora: SER_DATA should name the folder that holds ravdess/ and savee/, received "${elsewhere}", which is not a folder; correct it or unset it`,
    );
  }
  return [resolve(elsewhere), own];
}

/**
 * The folder of a corpus: the first that is there and not empty. What lies in it is not looked at.
 * @param name The corpus.
 * @param options Where to look.
 * @returns The folder, or undefined where there is none.
 * @example Usage
 * ```ts
 * import { findCorpus } from "ser/corpora/find.ts";
 * import { match } from "node:assert/strict";
 * match(await findCorpus("emodb") ?? "", /emodb$/); // EmoDB comes with the project
 * ```
 */
export function findCorpus(
  name: CorpusName,
  options: FindOptions = {},
): Promise<string | undefined> {
  const folders = (options.places ?? corpusPlaces()).map((place) => join(place, name));
  return Promise.resolve(folders.find((folder) => isFolder(folder) && holdsFiles(folder)));
}

/** The corpora that are there, the paper's two first. */
export async function availableCorpora(options: FindOptions = {}): Promise<CorpusName[]> {
  const found = await Promise.all(CORPUS_NAMES.map((name) => findCorpus(name, options)));
  return CORPUS_NAMES.filter((_, i) => found[i] !== undefined);
}

/**
 * The corpora to work on: those of the paper that are there, else the EmoDB excerpt.
 * @throws {CorpusError} If there is none at all.
 */
export async function bestCorpora(options: FindOptions = {}): Promise<CorpusName[]> {
  const available = await availableCorpora(options);
  const ofPaper = available.filter((name) => name !== "emodb");
  if (ofPaper.length > 0) return ofPaper;
  if (available.length > 0) return available;
  throw notFoundError("emodb", options);
}

/** The error for a corpus that is nowhere: where it was looked for and how to get it. */
export function notFoundError(name: CorpusName, options: FindOptions = {}): CorpusError {
  const { title, obtain } = corpusInfo(name);
  const places = options.places ?? corpusPlaces();
  const looked = places.map((place) => `"${shortPath(join(place, name))}"`).join(" or ");
  return new CorpusError(
    `Cannot find ${title}: nothing in ${looked}; ${obtain} (README section "Data"), or set SER_DATA to the folder that holds ${name}/`,
  );
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** Whether a folder holds more than hidden files. */
const holdsFiles = (folder: string): boolean =>
  Deno.readDirSync(folder).some(({ name }) => !name.startsWith("."));
