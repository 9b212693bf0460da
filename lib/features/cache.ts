/**
 * MFCCs of many files, kept on disk: one file for a set, named by the SHA-256 of everything that the
 * features depend on (the files' bytes, the settings, the version of this code), so that a kept set is
 * never out of date. A set is written under another name first and carries a checksum. @module
 */
import { join } from "@std/path";
import { readAudioFile } from "../audio/load.ts";
import { sha256, userCache, writeFileAtomic } from "../support/files.ts";
import type { Progress } from "../support/progress.ts";
import { type FileFeatures, fileFeatures } from "./extract.ts";
import { mfcc, type MfccOptions } from "./mfcc.ts";
import { decodeSet, encodeSet } from "./set_file.ts";

export type { FileFeatures } from "./extract.ts";

/** Counts up whenever the same file and settings would give other numbers. */
const FORMAT_VERSION = 1;

/** MFCC settings, and what is done along the way. */
export interface ExtractOptions extends MfccOptions {
  /** Where sets are kept. @default {userCache("features")} */
  cacheFolder?: string;
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
 * Takes the MFCCs of files, or finds them on disk. One file after the other is in memory, not all.
 * @param paths WAV or FLAC files.
 * @param options Settings, folder and callbacks.
 * @returns Features and failures; a file that fails does not stop the others.
 * @throws {RangeError} If an MFCC setting is out of range.
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
  const { cacheFolder = userCache("features"), progress = () => {}, warn = () => {} } = options;
  const settings = resolve(options);
  mfcc(new Float32Array(1), settings); // refuses settings out of range before any file is read
  const readable: string[] = [], hashes: string[] = [], failures: Failure[] = [];
  for (const [i, path] of paths.entries()) {
    progress(i, paths.length, "reading audio files");
    await attempt(path, failures, async () => {
      hashes.push(await sha256(await readAudioFile(path)));
      readable.push(path);
    });
  }
  progress(paths.length, paths.length, "reading audio files");
  if (readable.length === 0) return { features: [], failures };

  const key = await sha256(new TextEncoder().encode(JSON.stringify([
    FORMAT_VERSION,
    settings,
    hashes,
  ])));
  const file = join(cacheFolder, `${key}.mfcc`);
  const kept = await readSet(file, readable, warn);
  const features: FileFeatures[] = [];
  for (const [i, path] of readable.entries()) {
    progress(i, readable.length, "features");
    const found = kept?.[i];
    if (found) features.push(found);
    // a file that failed when the set was kept is tried again, for its error
    else {await attempt(path, failures, async () =>
        features.push(await fileFeatures(path, settings)));}
  }
  progress(readable.length, readable.length, "features");
  if (!kept) await keepSet(file, readable, features, warn);
  const order = new Map(paths.map((path, i) => [path, i]));
  failures.sort((a, b) => order.get(a.path)! - order.get(b.path)!);
  return { features, failures };
}

/** All settings with their defaults, in one order: they are part of the key. */
function resolve(options: MfccOptions): Required<MfccOptions> {
  const { sampleRate = 22050, nFft = 2048, hopLength = 512, centerPadding = "zeros" } = options;
  const { nMels = 128, fMin = 0, fMax = sampleRate / 2, topDb = 80, nMfcc = 40 } = options;
  return { sampleRate, nFft, hopLength, centerPadding, nMels, fMin, fMax, topDb, nMfcc };
}

/** Does something for one file; an error goes to the failures. */
async function attempt(
  path: string,
  failures: Failure[],
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    failures.push({ path, error: error instanceof Error ? error : new Error(String(error)) });
  }
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
    warn(
      `Cannot use the kept features "${file}": ${
        error instanceof Error ? error.message : error
      }; they are taken from the audio again`,
    );
    return undefined;
  }
}

async function keepSet(
  file: string,
  paths: string[],
  features: FileFeatures[],
  warn: (message: string) => void,
): Promise<void> {
  try {
    await writeFileAtomic(file, await encodeSet(paths, features));
  } catch (error) {
    warn(
      `Cannot keep the features in "${file}": ${
        error instanceof Error ? error.message : error
      }; they will be taken from the audio again next time`,
    );
  }
}
