/** The folder of results: a file for each finished run, never half there, never replaced. @module */
import { join } from "@std/path";
import { CorpusError } from "../corpora/problems.ts";
import { exists, namesIn, PUBLISHED, writeFileAtomic } from "../support/files.ts";
import { runName } from "../training/experiment.ts";
import { setAside } from "../training/stored_run.ts";
import { decodeResult, encodeResult, type ReferenceResult, ResultError } from "./result.ts";

/** The reference results, which come with the project. */
export const REFERENCE_FOLDER: string = join(PUBLISHED, "reference");

/** A file that is not counted. */
export interface ResultProblem {
  /** Its name. */
  file: string;
  /** The run that it is named after. */
  run: string;
  /** `damaged`: it cannot be read; `foreign`: it is whole, but of other data or another run. */
  kind: "damaged" | "foreign";
  /** What was expected and what came. */
  message: string;
}

/** What is in a folder of results. */
export interface StoredResults {
  /** The results, sorted by name. */
  results: ReferenceResult[];
  /** The files that are none; they are not counted. */
  problems: ResultProblem[];
}

/**
 * Reads all results of a folder.
 * @param folder Which. @default {outputs/reference}
 * @throws {CorpusError} If the manifest of a corpus is not there or damaged.
 * @example Usage
 * ```ts
 * import { referenceResults } from "ser/sweep/results_folder.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(await referenceResults("no/such/folder"), { results: [], problems: [] });
 * ```
 */
export async function referenceResults(
  folder: string = REFERENCE_FOLDER,
): Promise<StoredResults> {
  const results: ReferenceResult[] = [], problems: ResultProblem[] = [];
  for (const file of await namesIn(folder, /\.json$/)) {
    const run = file.slice(0, -".json".length);
    try {
      results.push(await decodeResult(await Deno.readTextFile(join(folder, file)), run));
    } catch (error) {
      problems.push({ file, run, ...problemOf(error) });
    }
  }
  return { results, problems };
}

/** Everything but a missing manifest: JSON with a right checksum may still lack a part. */
function problemOf(error: unknown): Pick<ResultProblem, "kind" | "message"> {
  if (error instanceof ResultError) return { kind: error.kind, message: error.message };
  if (error instanceof CorpusError || !(error instanceof TypeError)) throw error;
  return { kind: "foreign", message: `expected all parts of a result: ${error.message}` };
}

/** A problem in one line. */
export const problemInWords = ({ file, message }: ResultProblem): string => `${file}: ${message}`;

/**
 * Stores a result, unless the run has one. A damaged file of its name is moved out of the way first.
 * @throws {ResultError} If a whole file of that name is foreign.
 */
export async function storeResult(folder: string, result: ReferenceResult): Promise<string> {
  const name = runName(result.experiment), path = join(folder, `${name}.json`);
  if (await exists(path)) {
    try {
      await decodeResult(await Deno.readTextFile(path), name);
      return path;
    } catch (error) {
      if (!(error instanceof ResultError) || error.kind === "foreign") throw error;
      await setAside(folder, new RegExp(`^${name}\\.json$`));
    }
  }
  await writeFileAtomic(path, await encodeResult(result));
  return path;
}
