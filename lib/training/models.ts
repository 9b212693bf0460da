/** The networks that an experiment can name, with the options that each accepts. @module */
import type * as tf from "@tensorflow/tfjs";
import { cnnAttention, type CnnAttentionOptions } from "../models/cnn_attention.ts";

/** A value of a model's option. */
export type OptionValue = string | number | boolean;

/** One option of a model. */
interface OptionRule {
  /** The paper's value. */
  default: OptionValue;
  /** What is accepted, in words. */
  accepts: string;
  /** Whether a value is accepted. */
  valid: (value: unknown) => boolean;
}

/** What a network has to fit. */
export interface ModelInput {
  /** Frames per utterance. */
  frames: number;
  /** MFCCs per frame. */
  coefficients: number;
  /** Number of emotions. */
  classes: number;
}

/** One architecture of the paper. */
interface ModelEntry {
  /** Its name in the paper. */
  title: string;
  /** Options and the paper's values. */
  options: Readonly<Record<string, OptionRule>>;
  /** Builds it with initial weights from the seed; the options are complete and valid. */
  build: (
    input: ModelInput,
    options: Readonly<Record<string, OptionValue>>,
    seed: number,
  ) => tf.LayersModel;
}

const oneOf = (...values: [string, ...string[]]): OptionRule => ({
  default: values[0],
  accepts: `one of ${values.map((value) => `"${value}"`).join(", ")}`,
  valid: (value) => typeof value === "string" && values.includes(value),
});

const wholeNumber = (byDefault: number, least: number, most: number): OptionRule => ({
  default: byDefault,
  accepts: `a whole number from ${least} to ${most}`,
  valid: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
});

const share = (byDefault: number): OptionRule => ({
  default: byDefault,
  accepts: "a number in [0, 1)",
  valid: (value) => typeof value === "number" && value >= 0 && value < 1,
});

const flag = (byDefault: boolean): OptionRule => ({
  default: byDefault,
  accepts: "true or false",
  valid: (value) => typeof value === "boolean",
});

/** Every model by the name that experiments and the command line use. */
export const MODELS = {
  "cnn-attention": {
    title: "CNN-ATN",
    options: {
      score: oneOf("general", "dot", "bahdanau"),
      dropoutLayers: wholeNumber(3, 0, 5),
      dropout: share(0.5),
      masking: flag(false),
    },
    build: (input, options, seed) =>
      cnnAttention({ ...input, ...options, seed } as CnnAttentionOptions),
  },
} as const satisfies Record<string, ModelEntry>;

/** The name of a model. */
export type ModelName = keyof typeof MODELS;

/** The names of all models. */
export const MODEL_NAMES = Object.keys(MODELS) as ModelName[];

/**
 * The options of a model with the paper's values for those not given.
 * @param model Name of the model.
 * @param given Any of its options.
 * @throws {TypeError} If there is no such option.
 * @throws {RangeError} If a value is not accepted.
 * @example Usage
 * ```ts
 * import { completeOptions } from "ser/training/models.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(completeOptions("cnn-attention", { dropoutLayers: 0 }), {
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
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(rules, name)) {
      throw new TypeError(
        `Cannot describe the experiment: expected options of "${model}" among ${
          Object.keys(rules).join(", ")
        }, received "${name}"`,
      );
    }
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

/**
 * Builds the network of an experiment.
 * @param model Name of the model.
 * @param input What it has to fit.
 * @param options Complete options.
 * @param seed Decides the initial weights and the dropout masks.
 */
export function buildModel(
  model: ModelName,
  input: ModelInput,
  options: Readonly<Record<string, OptionValue>>,
  seed: number,
): tf.LayersModel {
  return MODELS[model].build(input, options, seed);
}
