/** The model files of the project, on disk. Not for browsers. @module */
import { join } from "@std/path";
import { PROJECT_ROOT } from "../support/files.ts";
import type { CorpusName } from "../corpora/types.ts";
import type { NamedModelFile } from "./model_file.ts";
import { MODEL_NAMES, type ModelName } from "../models/catalogue.ts";

/** Their folder; below it one for each corpus. */
export const MODELS_FOLDER: string = join(PROJECT_ROOT, "data", "models");

/** Where the file of a network is. */
export const modelPath = (corpus: CorpusName, model: ModelName, folder = MODELS_FOLDER): string =>
  join(folder, corpus, `${model}.json`);

/**
 * Reads the model files of a corpus.
 * @param corpus Which.
 * @param models Which networks. @default {all that are there}
 * @param folder The folder of all model files. @default {data/models}
 * @returns Their paths and bytes, in the order of `MODEL_NAMES` or as asked for.
 * @throws {Deno.errors.NotFound} If one that is asked for is not there, or none at all.
 * @example Usage
 * ```ts
 * import { readModelFiles } from "ser/recognition/model_files.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual((await readModelFiles("emodb", ["sdnn"])).length, 1);
 * ```
 */
export async function readModelFiles(
  corpus: CorpusName,
  models?: readonly ModelName[],
  folder: string = MODELS_FOLDER,
): Promise<NamedModelFile[]> {
  const found: NamedModelFile[] = [];
  for (const model of models ?? MODEL_NAMES) {
    const path = modelPath(corpus, model, folder);
    try {
      found.push({ path, bytes: await Deno.readFile(path) });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      if (models) throw missing(corpus, `${model}.json`, folder);
    }
  }
  if (found.length === 0) throw missing(corpus, "model files", folder);
  return found;
}

function missing(corpus: CorpusName, what: string, folder: string): Error {
  return new Deno.errors.NotFound(
    `Cannot load the networks: no ${what} in "${
      join(folder, corpus)
    }"; "deno task models --corpus ${corpus}" makes them`,
  );
}
