/**
 * The six networks by name: what each reads, the options that it accepts, how it is built. How it is
 * trained is in `training/trainings.ts`, so that who only asks a network loads no trainer. @module
 */
import type * as tf from "@tensorflow/tfjs";
import { dbnNetwork } from "../dbn/network.ts";
import { cnn, type CnnOptions } from "./cnn.ts";
import { cnnAttention, type CnnAttentionOptions } from "./cnn_attention.ts";
import { lstm, type LstmOptions } from "./lstm.ts";
import { lstmAttention, type LstmAttentionOptions } from "./lstm_attention.ts";
import { sdnn } from "./sdnn.ts";
import { checkOptions } from "../support/options.ts";
import { PAPER_TITLES, type PaperModel } from "../paper/results.ts";
import {
  flag,
  oneOf,
  type OptionRule,
  type OptionValue,
  share,
  wholeNumber,
} from "./option_rules.ts";

export type { OptionValue } from "./option_rules.ts";

/** What a network has to fit: frames of an utterance, MFCCs of a frame, number of emotions. */
export interface ModelInput {
  frames: number;
  coefficients: number;
  classes: number;
}

/** The values of all options of a model. */
export type ModelOptions = Readonly<Record<string, OptionValue>>;

/** One architecture of the paper. */
interface ModelEntry {
  /** Its name in Table 2. */
  title: string;
  /** What it reads of an utterance: all frames, or their average over time. */
  input: "frames" | "means";
  /** Options and the paper's values. */
  options: Readonly<Record<string, OptionRule>>;
  /** Builds it with initial weights from the seed; the options are complete and valid. */
  build: (input: ModelInput, options: ModelOptions, seed: number) => tf.LayersModel;
}

const SCORE = oneOf("general", "dot", "bahdanau");
const KERNELS = oneOf("shapes", "text");

/** Every model by the name that experiments and the command line use. */
export const MODELS = {
  dbn: {
    title: PAPER_TITLES.dbn,
    input: "means",
    options: {
      variant: oneOf("numpy", "tensorflow"),
      scaling: oneOf("minmax", "raw", "z"),
      dropout: share(0.2),
      pretrainingEpochs: wholeNumber(50, 0, 100_000),
    },
    build: ({ coefficients, classes }) => dbnNetwork({ coefficients, classes }),
  },
  sdnn: {
    title: PAPER_TITLES.sdnn,
    input: "means",
    options: { scaling: oneOf("raw", "minmax", "z"), dropout: share(0.1) },
    build: ({ coefficients, classes }, { dropout }, seed) =>
      sdnn({ coefficients, classes, dropout: Number(dropout), seed }),
  },
  lstm: {
    title: PAPER_TITLES.lstm,
    input: "frames",
    options: { dropout: share(0.5), masking: flag(false) },
    build: (input, options, seed) => lstm({ ...input, ...options, seed } as LstmOptions),
  },
  "lstm-attention": {
    title: PAPER_TITLES["lstm-attention"],
    input: "frames",
    options: { score: SCORE, dropout: share(0.5), masking: flag(false) },
    build: (input, options, seed) =>
      lstmAttention({ ...input, ...options, seed } as LstmAttentionOptions),
  },
  cnn: {
    title: PAPER_TITLES.cnn,
    input: "frames",
    options: {
      kernelSizes: KERNELS,
      padding: oneOf("valid", "same"),
      activation: oneOf("relu", "leaky-relu"),
      dropoutLayers: wholeNumber(4, 0, 5),
      dropout: share(0.5),
    },
    build: (input, options, seed) => cnn({ ...input, ...options, seed } as CnnOptions),
  },
  "cnn-attention": {
    title: PAPER_TITLES["cnn-attention"],
    input: "frames",
    options: {
      kernelSizes: KERNELS,
      score: SCORE,
      dropoutLayers: wholeNumber(3, 0, 5),
      dropout: share(0.5),
      masking: flag(false),
    },
    build: (input, options, seed) =>
      cnnAttention({ ...input, ...options, seed } as CnnAttentionOptions),
  },
} as const satisfies Record<PaperModel, ModelEntry>;

/** The name of a model. */
export type ModelName = keyof typeof MODELS;

/** The names of all models. */
export const MODEL_NAMES = Object.keys(MODELS) as ModelName[];

/**
 * The options of a model with the paper's values for those not given.
 * @param given Any of its options.
 * @throws {TypeError} If there is no such option.
 * @throws {RangeError} If a value is not accepted.
 * @example Usage
 * ```ts
 * import { completeOptions } from "ser/models/catalogue.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(completeOptions("cnn-attention", { dropoutLayers: 0 }), {
 *   kernelSizes: "shapes",
 *   score: "general",
 *   dropoutLayers: 0,
 *   dropout: 0.5,
 *   masking: false,
 * });
 * ```
 */
export function completeOptions(
  model: ModelName,
  given: Readonly<Record<string, unknown>>,
): Record<string, OptionValue> {
  const rules: Record<string, OptionRule> = MODELS[model].options;
  checkOptions(`describe an experiment with ${model}`, given, Object.keys(rules).join(" "));
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !rules[name].valid(value)) {
      throw new RangeError(
        `Cannot describe the experiment: expected ${name} to be ${rules[name].accepts}, received ${
          JSON.stringify(value)
        }`,
      );
    }
  }
  return Object.fromEntries(
    Object.entries(rules).map((
      [name, rule],
    ) => [name, (given[name] as OptionValue | undefined) ?? rule.default]),
  );
}

/** Builds the network of an experiment; the seed decides the initial weights and the dropout masks. */
export const buildModel = (
  model: ModelName,
  ...parts: Parameters<ModelEntry["build"]>
): tf.LayersModel => MODELS[model].build(...parts);
