/** The recordings of a run: which they are, and as tensors. @module */
import * as tf from "@tensorflow/tfjs";
import type { Split } from "../corpora/splits.ts";
import { sha256 } from "../support/files.ts";
import type { FitData } from "./fit.ts";
import type { Examples } from "./predict.ts";
import type { RunData } from "./stored_run.ts";

/** What a run needs to know of a corpus; `loadDataset` gives one. */
export interface RunDataset {
  /** Name of the corpus and its utterances in order. */
  corpus: { info: { name: string }; utterances: readonly { id: string }[] };
  /** Features, `[n, frames, coefficients]`. */
  x: Float32Array;
  /** Frames per utterance. */
  frames: number;
  /** MFCCs per frame. */
  coefficients: number;
  /** Class of each utterance, `[n]`. */
  labels: Int32Array;
  /** Emotions in label order. */
  classes: readonly string[];
}

/**
 * Both sides of a split as tensors, which the caller disposes.
 * @param dataset The recordings.
 * @param split Which go where.
 */
export const examplesOf = (dataset: RunDataset, split: Split): FitData => ({
  train: pick(dataset, split.train),
  test: pick(dataset, split.test),
});

/** Some utterances of a dataset as a tensor, `[n, frames, coefficients]`. */
function pick(dataset: RunDataset, indices: Int32Array): Examples {
  const { x, labels, frames, coefficients } = dataset;
  const size = frames * coefficients;
  const chosen = new Float32Array(indices.length * size);
  indices.forEach((index, i) => chosen.set(x.subarray(index * size, (index + 1) * size), i * size));
  return {
    x: tf.tensor3d(chosen, [indices.length, frames, coefficients]),
    labels: indices.map((index) => labels[index]),
  };
}

/**
 * Which data a run has, so that a stored run is not taken for one on other data.
 * @param dataset The recordings.
 * @param split Which go where.
 */
export async function describeData(dataset: RunDataset, split: Split): Promise<RunData> {
  const { corpus, labels, classes, frames, coefficients } = dataset;
  const ids = corpus.utterances.map(({ id }, i) => [id, labels[i]]);
  const key = JSON.stringify({ corpus: corpus.info.name, classes, frames, coefficients, ids });
  return {
    corpus: corpus.info.name,
    classes,
    trainCounts: classes.map((_, label) => split.train.filter((i) => labels[i] === label).length),
    train: split.train.length,
    test: split.test.length,
    hash: await sha256(new TextEncoder().encode(key)),
  };
}

/** The same in a few words, for messages. */
export const dataInWords = (data: RunData): string =>
  `${data.train + data.test} utterances of ${data.corpus} (data ${data.hash.slice(0, 8)})`;
