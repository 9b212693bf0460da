/** A finished run on disk: `run.json` and the weights that it names. @module */
import { join } from "@std/path";
import type * as tf from "@tensorflow/tfjs";
import type { Machine } from "../support/machine.ts";
import { saveWeights } from "../models/store.ts";
import {
  checkedJson,
  exists,
  MINE,
  namesIn,
  readCheckedJson,
  writeFileAtomic,
} from "../support/files.ts";
import type { CodeVersion } from "../support/code_version.ts";
import type { Experiment } from "./experiment.ts";
import type { FeatureIdentity } from "./feature_identity.ts";
import type { History } from "./state.ts";

/** What the network says about one test utterance. */
export interface Prediction {
  /** The utterance. */
  id: string;
  /** Its class. */
  label: number;
  /** The class with the highest probability. */
  predicted: number;
  /** Of each class, `[classes]`, rounded to six decimals. */
  probabilities: number[];
}

/** What the run was trained on. Who has no audio, as a reader of results, can tell the recordings alone. */
export interface RunData {
  /** Name of the corpus. */
  corpus: string;
  /** Emotions in label order. */
  classes: readonly string[];
  /** Training utterances of each class, `[classes]`. */
  trainCounts: number[];
  /** Utterances trained on. */
  train: number;
  /** Utterances looked at after each epoch, where the split has such a part. */
  validation?: number;
  /** Utterances tested on. */
  test: number;
  /** Which recordings: SHA-256 of all utterances' names and labels and of the shape of their features. */
  hash: string;
  /** Which numbers were read of them; runs of earlier versions do not say. */
  features?: FeatureIdentity;
}

/** A finished run. */
export interface RunResult {
  /** Name of the run and of its folder. */
  name: string;
  /** What was asked for. */
  experiment: Experiment;
  /** What it was trained on. */
  data: RunData;
  /** One entry per epoch; `curvePart` tells which part its test numbers are of. */
  history: History;
  /** Test utterances after the last epoch, in the order of the split (`splitOf`). */
  predictions: Prediction[];
  /** Numbers in the model, trainable or not. */
  parameters: number;
  /** The back end that computed it, and its device. */
  backend: string;
  /** Releases of Deno and TensorFlow.js. */
  versions: Record<string, string>;
  /** The project's code, in all sittings; runs of earlier versions do not say. */
  code?: CodeVersion;
  /** The machine of the last sitting; runs of earlier versions do not say. */
  machine?: Machine;
  /** When the first epoch of the last sitting began, ISO 8601. */
  started: string;
  /** When it was stored, ISO 8601. */
  finished: string;
  /** Seconds of training over all sittings. */
  seconds: number;
  /** Name of the weights' file in the run's folder. */
  weights: string;
  /** A sweep made it for its result alone and removes it when that is stored. @default {false} */
  temporary?: boolean;
}

/** The folder of all runs. */
export const RUNS_FOLDER: string = join(MINE, "runs");

const runPath = (folder: string): string => join(folder, "run.json");

/**
 * Stores a run: first the weights under a name of their own, then `run.json` in one go, so that an
 * older run in that folder stays whole until this one is.
 */
export async function writeRun(
  folder: string,
  run: Omit<RunResult, "weights">,
  model: tf.LayersModel,
): Promise<RunResult> {
  const complete = { ...run, weights: `weights-${crypto.randomUUID().slice(0, 8)}.bin` };
  await saveWeights(model, join(folder, complete.weights));
  await writeRunFile(folder, complete);
  await removeOtherWeights(folder, complete.weights);
  return complete;
}

/** Stores all of a run but its weights. */
export async function writeRunFile(folder: string, run: RunResult): Promise<void> {
  await writeFileAtomic(runPath(folder), await checkedJson("run", run));
}

/**
 * Reads a finished run.
 * @returns The run; undefined if none is there.
 * @throws {SyntaxError} If `run.json` is damaged.
 */
export async function readRun(folder: string): Promise<RunResult | undefined> {
  const path = runPath(folder);
  if (!await exists(path)) return undefined;
  const text = await Deno.readTextFile(path);
  const run = await readCheckedJson<RunResult>("run", text);
  if (run) return run;
  throw new SyntaxError(
    `Cannot read the stored run "${path}": expected JSON with its checksum, received ${text.length} characters that do not match it`,
  );
}

/** All finished runs, sorted by name; damaged ones are left out and told about. */
export async function storedRuns(
  root: string = RUNS_FOLDER,
  warn: (message: string) => void = () => {},
): Promise<RunResult[]> {
  const runs: RunResult[] = [];
  for (const name of await namesIn(root)) {
    try {
      const run = await readRun(join(root, name));
      if (run) runs.push(run);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      warn(error.message);
    }
  }
  return runs;
}

/** Moves files out of the way, each under the first free name, which it gives: nothing is lost. */
export async function setAside(folder: string, files: RegExp): Promise<string[]> {
  const moved: string[] = [];
  for (const name of await namesIn(folder, files)) {
    let number = 1;
    while (await exists(join(folder, `${name}.aside-${number}`))) number++;
    await Deno.rename(join(folder, name), join(folder, `${name}.aside-${number}`));
    moved.push(`${name}.aside-${number}`);
  }
  return moved;
}

/** The files of a finished run. */
export const RUN_FILES = /^(run\.json|weights-.*\.bin)$/;

/** A file that cannot be read rightly, or the weights that `run.json` names are gone. */
export const isDamage = (error: unknown): error is Error =>
  error instanceof SyntaxError || error instanceof Deno.errors.NotFound;

/** Reads; if what it reads is damaged, moves the files out of the way, says so and gives undefined. */
export async function orSetAside<T>(
  folder: string,
  files: RegExp,
  read: () => Promise<T>,
  warn: (message: string) => void,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isDamage(error)) throw error;
    const moved = await setAside(folder, files);
    warn(`${error.message}; set aside as ${moved.join(", ")}, going on from what is left`);
    return undefined;
  }
}

/** Removes the files of weights that a run does not name, as of one that was killed before it was whole. */
export async function removeOtherWeights(folder: string, keep?: string): Promise<void> {
  for (const name of await namesIn(folder, /^weights-[0-9a-f]{8}\.bin$/)) {
    if (name !== keep) await Deno.remove(join(folder, name));
  }
}
