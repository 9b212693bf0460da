/**
 * The one description of an experiment: it drives notebooks, command line and stored runs. Two equal
 * descriptions are the same run; what is left out has the paper's value. @module
 */
import { createHash } from "node:crypto";
import { CORPUS_NAMES } from "../corpora/info.ts";
import { foldCount, PROTOCOL_NAMES, type ProtocolName } from "../corpora/protocols/protocol.ts";
import type { CorpusName } from "../corpora/types.ts";
import {
  completeOptions,
  MODEL_NAMES,
  type ModelName,
  type OptionValue,
} from "../models/catalogue.ts";
import { didYouMean } from "../support/nearest.ts";
import { type RateStep, scaleSchedule } from "./schedule.ts";
import { TRAININGS } from "./trainings.ts";
import { checkOptions } from "../support/options.ts";

/** A whole experiment. */
export interface Experiment {
  /** The architecture. */
  model: ModelName;
  /** All options of the architecture; the ablations change one. */
  modelOptions: Readonly<Record<string, OptionValue>>;
  /** The recordings. */
  corpus: CorpusName;
  /**
   * Decides initial weights, order of the examples, dropout and, where it has no folds, the split; an
   * integer in [0, 2^31).
   */
  seed: number;
  /** Passes over the training set, >= 1. */
  epochs: number;
  /** Examples per step, >= 1. */
  batchSize: number;
  /** The learning rate, by epochs that count from 0. */
  learningRate: readonly RateStep[];
  /** Which side of an utterance the zeros go to. */
  padding: "before" | "after";
  /** How the corpus is divided; in the paper 80 % to train and 20 % to test, at random (section 4). */
  split: ProtocolName;
  /** Which fold of the split, from 1; absent where the seed decides the parts. */
  fold?: number;
}

/** Parts of an experiment; of the model's options, too, any may be left out. */
export type ExperimentParts = Partial<Omit<Experiment, "modelOptions">> & {
  /** Options of the architecture that differ from the paper. */
  modelOptions?: Readonly<Record<string, unknown>>;
};

/** The paper's settings for one model (3.1 to 3.7, 4); it does not say seed and padding (README). */
const paperSettings = (model: ModelName): Omit<Experiment, "modelOptions"> => ({
  model,
  corpus: "ravdess",
  seed: 0,
  epochs: TRAININGS[model].epochs,
  batchSize: 32,
  learningRate: TRAININGS[model].learningRate,
  padding: "before",
  split: "random",
});

const MAIN_MODEL = "cnn-attention";

/**
 * Completes and checks the description of an experiment.
 * @param parts What differs from the paper's CNN-ATN on RAVDESS with seed 0.
 * @returns A complete description; equal inputs give equal JSON.
 * @throws {TypeError} If there is a part that no experiment has.
 * @throws {RangeError} If a value is not accepted; the message lists what is.
 * @example Usage
 * ```ts
 * import { experiment } from "ser/training/experiment.ts";
 * import { strictEqual } from "node:assert/strict";
 * const savee = experiment({ corpus: "savee", seed: 3 });
 * strictEqual(savee.epochs, 250);
 * strictEqual(savee.modelOptions.score, "general");
 * const newSpeaker = experiment({ corpus: "savee", split: "speaker-independent", fold: 4 });
 * strictEqual(newSpeaker.seed, 0);
 * ```
 */
export function experiment(parts: ExperimentParts = {}): Experiment {
  const { model = MAIN_MODEL } = parts;
  expectWord("model", MODEL_NAMES, model);
  const paper = paperSettings(model);
  const accepted = [...Object.keys(paper), "fold", "modelOptions"];
  checkOptions("describe the experiment", parts, accepted.join(" "));
  const { modelOptions = {}, ...given } = parts;
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const plain: typeof paper = { ...paper, ...set };
  checkPlain(plain);
  const learningRate = plain.learningRate.map(({ from, rate }) => ({ from, rate }));
  return { ...plain, learningRate, modelOptions: completeOptions(plain.model, modelOptions) };
}

/**
 * The same experiment in little time: fewer epochs, the learning rate falling at the same share of
 * them. It shows that everything works; its accuracy means nothing.
 * @param full A complete experiment.
 * @param epochs Epochs instead. @default {10}
 */
export function quick(full: Experiment, epochs = 10): Experiment {
  if (full.epochs <= epochs) return full;
  const learningRate = scaleSchedule(full.learningRate, full.epochs, epochs);
  return experiment({ ...full, epochs, learningRate });
}

/** Whether an experiment is as long as the paper's of its model, so that its accuracy means something. */
export const isFullLength = ({ model, epochs }: Experiment): boolean =>
  epochs === TRAININGS[model].epochs;

/**
 * Whether two descriptions are of one experiment; one that an earlier version of the project stored
 * is completed first.
 */
export const sameExperiment = (a: Experiment, b: Experiment): boolean =>
  canonicalJson(experiment(a)) === canonicalJson(experiment(b));

/**
 * The name of an experiment's run and of its folder: what a reader looks for, then a hash of all that
 * differs from the paper, so that a part which a later version adds leaves the names of old runs alone.
 * @param complete A complete experiment.
 * @example Usage
 * ```ts
 * import { experiment, runName } from "ser/training/experiment.ts";
 * import { match } from "node:assert/strict";
 * match(runName(experiment()), /^cnn-attention_ravdess_seed0_250epochs_[0-9a-f]{8}$/);
 * ```
 */
export function runName(complete: Experiment): string {
  const { model, corpus, seed, epochs, split, fold } = complete;
  const paper = experiment({ model });
  const changed = differences(complete, paper);
  const changedOptions = differences(complete.modelOptions, paper.modelOptions);
  const told = canonicalJson({ ...changed, model, modelOptions: changedOptions });
  const hash = createHash("sha256").update(told).digest("hex").slice(0, 8);
  const division = split === paper.split ? "" : `_${split}${fold ?? ""}`;
  return `${model}_${corpus}${division}_seed${seed}_${epochs}epochs_${hash}`;
}

/** The entries of an object that another lacks or has otherwise. */
const differences = (object: object, from: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(object).filter(([name, value]) =>
      canonicalJson(value) !== canonicalJson((from as Record<string, unknown>)[name])
    ),
  );

/** One line of JSON with all keys sorted. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, part) =>
      part !== null && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
  );

function checkPlain(plain: Omit<Experiment, "modelOptions">): void {
  const { seed, epochs, batchSize } = plain;
  const positive = (value: number) => Number.isInteger(value) && value >= 1;
  expectWord("corpus", CORPUS_NAMES, plain.corpus);
  expect(
    Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31,
    "seed",
    "an integer in [0, 2^31)",
    seed,
  );
  expect(positive(epochs), "epochs", "a whole number >= 1", epochs);
  expect(positive(batchSize), "batchSize", "a whole number >= 1", batchSize);
  expect(
    isSchedule(plain.learningRate),
    "learningRate",
    "steps like { from: 0, rate: 0.001 }, from rising from 0, rate > 0",
    plain.learningRate,
  );
  expectWord("padding", ["before", "after"], plain.padding);
  expectWord("split", PROTOCOL_NAMES, plain.split);
  checkFold(plain);
}

function checkFold({ corpus, split, fold }: Omit<Experiment, "modelOptions">): void {
  const folds = foldCount(split, corpus);
  if (folds === 0) {
    expect(fold === undefined, "fold", `absent, since the seed decides a ${split} split`, fold);
  } else {
    const exists = Number.isInteger(fold) && fold! >= 1 && fold! <= folds;
    const accepts = `a whole number from 1 to ${folds}, for ${split} on ${corpus}`;
    expect(exists, "fold", accepts, fold);
  }
}

function isSchedule(steps: unknown): boolean {
  return Array.isArray(steps) && steps.length > 0 && steps[0].from === 0 &&
    steps.every(({ from, rate }, i) =>
      Number.isInteger(from) && (i === 0 || from > steps[i - 1].from) &&
      Number.isFinite(rate) && rate > 0
    );
}

function expectWord(part: string, words: readonly string[], received: string): void {
  if (words.includes(received)) return;
  throw new RangeError(
    `Cannot describe the experiment: expected ${part} to be one of ${
      words.map((word) => `"${word}"`).join(", ")
    }, received ${JSON.stringify(received)}${didYouMean(String(received), words)}`,
  );
}

function expect(holds: boolean, part: string, accepts: string, received: unknown): void {
  if (holds) return;
  throw new RangeError(
    `Cannot describe the experiment: expected ${part} to be ${accepts}, received ${
      JSON.stringify(received)
    }`,
  );
}
