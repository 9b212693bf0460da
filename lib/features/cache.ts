/**
 * MFCCs of many files, kept on disk: one file for a set, named by the SHA-256 of everything that the
 * features depend on (the files' bytes, the settings, the code and whether C++ or TypeScript ran), so
 * that a kept set is never out of date and has the bits that computing anew would give.
 *
 * A set's name begins with a checksum of its first file and the settings. Where no kept set begins so,
 * the files need not be read for their checksums alone: each is read once. @module
 */
import { join } from "@std/path";
import { fileSums } from "../audio/fingerprint.ts";
import { readAudioFile } from "../audio/load.ts";
import { hashOfFiles, modulesOf } from "../support/code_version.ts";
import { PROJECT_ROOT, removeParts, sha256, userCache, writeFileAtomic } from "../support/files.ts";
import type { Progress } from "../support/progress.ts";
import { extractFile, type FileFeatures, type FileResult } from "./extract.ts";
import { featureSteps } from "./kernels.ts";
import { mfcc, type MfccOptions } from "./mfcc.ts";
import { dealOut, extractAll, usefulWorkers } from "./pool.ts";
import { decodeSet, encodeSet } from "./set_file.ts";
import { FEATURE_OPTIONS } from "./stft.ts";
import { checkOptions } from "../support/options.ts";

export type { FileFeatures } from "./extract.ts";

/** Hexadecimal digits of a set's name, and those of them that its first file gives. */
const NAME_DIGITS = 64, START_DIGITS = 16;

/** Files that are read for their checksums at the same time. */
const READERS = 4;

/** MFCC settings, and what is done along the way. */
export interface ExtractOptions extends MfccOptions {
  /** Where sets are kept. @default {userCache("features")} */
  cacheFolder?: string;
  /** Worker threads, `>= 1`; with 1 all is done in this one. @default {a core each, less for few files} */
  workers?: number;
  /** Told how many files are done. */
  progress?: Progress;
  /** Told when a kept set is damaged or one cannot be kept; the features come all the same. */
  warn?: (message: string) => void;
}

/** A file that gave no features. */
export interface Failure {
  /** The file. */
  path: string;
  /** Why. */
  error: Error;
}

/** What became of the files. */
export interface Extraction {
  /** Features of those that could be read, in the order of the paths. */
  features: FileFeatures[];
  /** The others, in the order of the paths. */
  failures: Failure[];
}

/**
 * Takes the MFCCs of files, or finds them on disk. One file for each worker is in memory, not all. The
 * features do not depend on the number of workers.
 * @param paths WAV or FLAC files.
 * @param options Settings, folder and callbacks.
 * @returns Features and failures; a file that fails does not stop the others.
 * @throws {RangeError} If an MFCC setting or `workers` is out of range.
 * @example Usage
 * ```ts
 * import { extractFeatures } from "ser/features/cache.ts";
 * import { equal } from "node:assert/strict";
 *
 * const cacheFolder = await Deno.makeTempDir();
 * const { features, failures } = await extractFeatures(["no/such.wav"], { cacheFolder });
 * equal(features.length, 0);
 * equal(failures[0].error.message, 'Cannot read "no/such.wav": no such file; check the path');
 * ```
 */
export async function extractFeatures(
  paths: string[],
  options: ExtractOptions = {},
): Promise<Extraction> {
  checkOptions("take features", options, `${FEATURE_OPTIONS} cacheFolder workers progress warn`);
  const { cacheFolder = userCache("features"), progress = () => {}, warn = () => {} } = options;
  const workers = options.workers ?? usefulWorkers(paths.length);
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(
      `Cannot take features: expected an integer number of workers >= 1, received ${workers}`,
    );
  }
  const settings = resolve(options);
  mfcc(new Float32Array(1), settings); // refuses settings out of range before any file is read
  if (paths.length === 0) return { features: [], failures: [] };
  const place: Place = { settings, cacheFolder, progress, warn };
  const kept = await findSet(paths, place);
  if (kept) return toExtraction(paths, kept);
  const told = (done: number) => progress(done, paths.length, "features");
  const results = await extractAll(paths, settings, workers, told);
  const extraction = toExtraction(paths, results);
  await keepSet(paths, results, extraction.features, place);
  return extraction;
}

/** Where sets of some settings are kept, and whom to tell. */
type Place = Required<Pick<ExtractOptions, "cacheFolder" | "progress" | "warn">> & {
  settings: MfccOptions;
};

function toExtraction(paths: string[], results: FileResult[]): Extraction {
  return {
    features: results.flatMap(({ features }) => features ?? []),
    failures: results.flatMap(({ error }, i) => error ? [{ path: paths[i], error }] : []),
  };
}

/** How the name of a set begins whose first file is this. */
async function setStart(settings: MfccOptions, firstHash: string): Promise<string> {
  return (await keyOf([settings, firstHash])).slice(0, START_DIGITS);
}

/** The file of a set. */
async function setFile({ cacheFolder, settings }: Place, hashes: string[]): Promise<string> {
  const all = await keyOf([settings, hashes]);
  const name = await setStart(settings, hashes[0]) + all.slice(0, NAME_DIGITS - START_DIGITS);
  return join(cacheFolder, `${name}.mfcc`);
}

async function keyOf(parts: unknown): Promise<string> {
  const key = [featureSteps.maker, await (code ??= codeOfFeatures()), parts];
  return await sha256(new TextEncoder().encode(JSON.stringify(key)));
}

let code: Promise<string> | undefined;

/** Hash of the modules that make the features of a file and write them down. */
async function codeOfFeatures(): Promise<string> {
  const names = ["extract.ts", "set_file.ts"];
  const modules = await Promise.all(
    names.map((name) => modulesOf(join(import.meta.dirname!, name))),
  );
  return await hashOfFiles(modules.flat(), PROJECT_ROOT);
}

/** The kept set of these files, if there is one that is whole. */
async function findSet(paths: string[], place: Place): Promise<FileResult[] | undefined> {
  if (!await mayBeKept(paths, place)) return undefined;
  const told = (done: number) => place.progress(done, paths.length, "reading audio files");
  const hashes = await dealOut(paths, new Array<typeof hashFile>(READERS).fill(hashFile), told);
  const readable = paths.filter((_, i) => hashes[i]);
  const file = await setFile(place, hashes.filter((hash) => hash !== undefined));
  const kept = await readSet(file, readable, place.warn);
  if (!kept) return undefined;
  const found = new Map(kept.map((features) => [features?.path, features]));
  // a file that failed when the set was kept is tried again, for its error
  const results = paths.map(async (path): Promise<FileResult> => {
    const features = found.get(path);
    return features ? { features } : await extractFile(path, place.settings);
  });
  return await Promise.all(results);
}

/** Whether a kept set begins with the first of the files that can be read. */
async function mayBeKept(paths: string[], { settings, cacheFolder }: Place): Promise<boolean> {
  for (const path of paths) {
    const hash = await hashFile(path);
    if (!hash) continue;
    const start = await setStart(settings, hash);
    try {
      const names = await Array.fromAsync(Deno.readDir(cacheFolder), ({ name }) => name);
      return names.some((name) => name.startsWith(start));
    } catch {
      return false; // there is no such folder, or none that can be read
    }
  }
  return false;
}

/** Checksum of a file; undefined if it cannot be read. */
async function hashFile(path: string): Promise<string | undefined> {
  try {
    return (await fileSums(readAudioFile(path))).file;
  } catch {
    return undefined; // extractFile() says why
  }
}

/** All settings with their defaults, in one order: they are part of the key. */
function resolve(options: MfccOptions): Required<MfccOptions> {
  const { sampleRate = 22050, nFft = 2048, hopLength = 512, centerPadding = "zeros" } = options;
  const { nMels = 128, fMin = 0, fMax = sampleRate / 2, topDb = 80, nMfcc = 40 } = options;
  return { sampleRate, nFft, hopLength, centerPadding, nMels, fMin, fMax, topDb, nMfcc };
}

/** The kept set, or undefined if there is none that is whole. */
async function readSet(
  file: string,
  paths: string[],
  warn: (message: string) => void,
): Promise<(FileFeatures | undefined)[] | undefined> {
  try {
    return await decodeSet(await Deno.readFile(file), paths);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    const reason = (error as Error).message;
    warn(`Cannot use the kept features "${file}": ${reason}; they are taken from the audio again`);
    return undefined;
  }
}

/** Keeps the set of the files that could be read. */
async function keepSet(
  paths: string[],
  results: FileResult[],
  features: FileFeatures[],
  place: Place,
): Promise<void> {
  const readable = paths.filter((_, i) => results[i].sum);
  if (readable.length === 0) return;
  const hashes = results.flatMap(({ sum }) => sum ?? []);
  const file = await setFile(place, hashes);
  try {
    await removeParts(place.cacheFolder);
    await writeFileAtomic(file, await encodeSet(readable, features));
  } catch (error) {
    const reason = (error as Error).message;
    place.warn(
      `Cannot keep the features in "${file}": ${reason}; they will be taken from the audio again next time`,
    );
  }
}
