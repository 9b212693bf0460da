/** What an option of a model accepts, and the paper's value for it. @module */

/** A value of a model's option. */
export type OptionValue = string | number | boolean;

/** One option of a model. */
export interface OptionRule {
  /** The paper's value. */
  default: OptionValue;
  /** What is accepted, in words. */
  accepts: string;
  /** Whether a value is accepted. */
  valid: (value: unknown) => boolean;
}

/** One of some words; the first is the paper's. */
export const oneOf = (...values: [string, ...string[]]): OptionRule => ({
  default: values[0],
  accepts: `one of ${values.map((value) => `"${value}"`).join(", ")}`,
  valid: (value) => typeof value === "string" && values.includes(value),
});

/** A whole number in a range. */
export const wholeNumber = (byDefault: number, least: number, most: number): OptionRule => ({
  default: byDefault,
  accepts: `a whole number from ${least} to ${most}`,
  valid: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
});

/** A number from 0 to less than 1. */
export const share = (byDefault: number): OptionRule => ({
  default: byDefault,
  accepts: "a number in [0, 1)",
  valid: (value) => typeof value === "number" && value >= 0 && value < 1,
});

/** Yes or no. */
export const flag = (byDefault: boolean): OptionRule => ({
  default: byDefault,
  accepts: "true or false",
  valid: (value) => typeof value === "boolean",
});
