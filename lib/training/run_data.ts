/** The recordings of a run: which they are, and as tensors. @module */
import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../corpora/dataset.ts";
import { type SplitPlan, splitUtterances } from "../corpora/protocols/protocol.ts";
import type { Split } from "../corpora/splits.ts";
import type { NameFacts } from "../corpora/types.ts";
import { applyScaling, learnScaling, type Scaling, type ScalingKind } from "../features/scaling.ts";
import { sha256 } from "../support/files.ts";
import type { Experiment } from "./experiment.ts";
import type { FitData } from "./fit.ts";
import { MODELS } from "../models/catalogue.ts";
import type { Examples } from "./predict.ts";
import type { RunData } from "./stored_run.ts";

/** What a run needs to know of a dataset. */
export interface RunDataset
  extends
    Pick<Dataset, "x" | "frames" | "coefficients" | "means" | "labels" | "classes">,
    Partial<Pick<Dataset, "padding">> {
  /** Name of the corpus and its utterances in order. */
  corpus: {
    info: { name: string };
    utterances: readonly Pick<NameFacts, "id" | "speaker" | "sentence">[];
  };
}

/** The same without its numbers: all that divides and describes it. */
export type RunCorpus = Omit<RunDataset, "x" | "means">;

/** What a network reads of each utterance. */
export interface View {
  /** All frames, or their average over time. */
  input: "frames" | "means";
  /** What is done to each feature, learned from the training part. @default {"raw"} */
  scaling?: ScalingKind;
  /** Shape of one example, for example `[frames, coefficients]` or `[coefficients]`. */
  shape: number[];
}

/** What a network reads: the shape is its own, the scaling an option of some. */
export function viewOf(
  { model: name, modelOptions }: Pick<Experiment, "model" | "modelOptions">,
  model: tf.LayersModel,
): View {
  return {
    input: MODELS[name].input,
    scaling: modelOptions.scaling as ScalingKind | undefined,
    shape: model.inputs[0].shape.slice(1) as number[],
  };
}

/**
 * The split of an experiment.
 * @throws {RangeError} If these cannot be divided so.
 */
export function splitOf(
  experiment: SplitPlan,
  { corpus, labels }: Pick<RunCorpus, "corpus" | "labels">,
): Split {
  const utterances = Array.from(labels, (label, i) => ({ ...corpus.utterances[i], label }));
  return splitUtterances(utterances, experiment);
}

/** The parts of a split as tensors, which the caller disposes. */
export function examplesOf(
  dataset: RunDataset,
  split: Split,
  view: View,
): FitData & { validation?: Examples } {
  const values = valuesOf(dataset, view), { train, validation, test } = split;
  const scaling = scalingOf(dataset, split, view);
  const scaled = scaling.kind === "raw" ? values : applyScaling(values, scaling);
  const all = tf.tensor(scaled, [dataset.labels.length, ...view.shape]);
  const examples = (indices: Int32Array): Examples => ({
    x: tf.tidy(() => all.gather(tf.tensor1d(indices, "int32"))), // no copy in JavaScript's memory
    labels: indices.map((index) => dataset.labels[index]),
  });
  const parts = {
    train: examples(train),
    ...(validation ? { validation: examples(validation) } : {}),
    test: examples(test),
  };
  all.dispose();
  return parts;
}

/** The numbers that a network reads, of all utterances. */
export const valuesOf = (dataset: RunDataset, { input }: Pick<View, "input">): Float32Array =>
  input === "frames" ? dataset.x : dataset.means;

/** The scaling that a network's input gets; the training part is the only one that it learns from. */
export function scalingOf(
  dataset: RunDataset,
  split: Split,
  view: Omit<View, "shape">,
): Scaling {
  const { scaling: kind = "raw" } = view;
  if (kind === "raw") return { kind, offset: [], spread: [] };
  const train = rows(valuesOf(dataset, view), split.train, dataset);
  return learnScaling(train, dataset.coefficients, kind);
}

/** The numbers of some utterances, one after the other. */
function rows(values: Float32Array, indices: Int32Array, { labels }: RunDataset): Float32Array {
  const size = values.length / labels.length;
  const chosen = new Float32Array(indices.length * size);
  indices.forEach((at, i) => chosen.set(values.subarray(at * size, (at + 1) * size), i * size));
  return chosen;
}

/** Which recordings a run has, so that a stored run is not taken for one on others. */
export async function describeData(dataset: RunCorpus, split: Split): Promise<RunData> {
  const { corpus, labels, classes, frames, coefficients } = dataset;
  const ids = corpus.utterances.map(({ id }, i) => [id, labels[i]]);
  const key = JSON.stringify({ corpus: corpus.info.name, classes, frames, coefficients, ids });
  return {
    corpus: corpus.info.name,
    classes,
    trainCounts: classes.map((_, label) => split.train.filter((i) => labels[i] === label).length),
    train: split.train.length,
    ...(split.validation ? { validation: split.validation.length } : {}),
    test: split.test.length,
    hash: await sha256(key),
  };
}

/** The same in a few words, for messages. */
export const dataInWords = (data: RunData): string =>
  `${data.train + (data.validation ?? 0) + data.test} utterances of ${data.corpus} (data ${
    data.hash.slice(0, 8)
  })`;
