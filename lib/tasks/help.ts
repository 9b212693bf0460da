/** Help texts and arguments of the tasks, the same way for all. @module */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { didYouMean } from "../support/nearest.ts";
import { type Main, TASKS } from "./table.ts";

/** What a task says about itself, beside its line in the table of tasks. */
export interface TaskHelp {
  /** The task's name, as in `deno task NAME`. */
  name: string;
  /** What it does, one or more lines. */
  about: string;
  /**
   * Each option with its meaning: `--quick` stands alone, `--seed N` takes a value, `--set X...` may
   * come several times. `--help` is added.
   */
  options?: readonly (readonly [option: string, meaning: string])[];
  /** Whether words that are no options may come. @default {false} */
  words?: boolean;
}

/** A wrong command line; the message says what was expected. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The text of `deno task NAME --help`. */
export function helpText({ name, about, options: own = [] }: TaskHelp): string {
  const options = [...own, ["--help", "this text"] as const], { usage } = TASKS[name];
  const width = Math.max(...options.map(([option]) => option.length)) + 2;
  const lines = options.map(([option, meaning]) => `  ${option.padEnd(width)}${meaning}`);
  return `Usage: deno task ${name} ${usage}`.trimEnd() + `\n\n${about}\n\n${lines.join("\n")}\n\n` +
    `Without Deno installed: npx -y deno@2.9.6 task ${name} ${usage}`.trimEnd();
}

/** A parsed command line. */
export interface Parsed {
  /** Options by name, without dashes; a list for those that may come several times. */
  values: Record<string, unknown>;
  /** The words that are not options. */
  words: string[];
}

/**
 * Parses a task's arguments by its help; prints the help where it is asked for.
 * @returns `undefined` if the help was printed, and nothing is left to do.
 * @throws {UsageError} On an unknown option, a missing or empty value or a word that is not expected.
 */
export function parseTaskArgs(args: string[], help: TaskHelp): Parsed | undefined {
  const options = optionTypes(help), names = Object.keys(options).map((name) => `--${name}`);
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args, options, allowPositionals: help.words ?? false, strict: true });
  } catch (error) {
    const sentence = (error as Error).message.split(". ")[0];
    const unknown = /^Unknown option '(--\w[\w-]*)'/.exec(sentence)?.[1];
    throw new UsageError(sentence + (unknown ? didYouMean(unknown, names) : ""));
  }
  const { help: wanted, ...values } = parsed.values;
  if (wanted) {
    console.log(helpText(help));
    return undefined;
  }
  for (const [name, value] of Object.entries(values)) {
    if ([value].flat().includes("")) throw new UsageError(`Expected a value after --${name}`);
  }
  return { values, words: parsed.positionals };
}

/** A task: what `run` does with its options and words, or its help where that is asked for. */
export const task =
  (help: TaskHelp, run: (parsed: Parsed) => Promise<number>): Main => async (args) => {
    const parsed = parseTaskArgs(args, help);
    return parsed ? await run(parsed) : 0;
  };

/** The options as `parseArgs` takes them. */
function optionTypes({ options = [] }: TaskHelp): NonNullable<ParseArgsConfig["options"]> {
  const own = options.map(([option]) => {
    const [name, value] = option.replace(/^--/, "").split(" ");
    const multiple = option.endsWith("...");
    return [name, value ? { type: "string" as const, multiple } : { type: "boolean" as const }];
  });
  return { ...Object.fromEntries(own), help: { type: "boolean", short: "h" } };
}

/**
 * A word that must be one of several.
 * @param what What it is, for example `--model`.
 * @throws {UsageError} If it is none; the message names the nearest.
 */
export function oneOf<T extends string>(what: string, received: string, words: readonly T[]): T {
  const found = words.find((word) => word === received);
  if (found !== undefined) return found;
  throw new UsageError(
    `Expected ${what} ${words.join(", ")}, received "${received}"${didYouMean(received, words)}`,
  );
}

/** A number in decimal digits, and nothing else: `Number("")` would be 0. */
export function parseNumber(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/**
 * The number that an option gives.
 * @param accepts What is accepted, in words and as a check.
 * @returns `undefined` where the option is not given.
 * @throws {UsageError} If it is no number, or not one of those.
 */
export function numberOption(
  values: Readonly<Record<string, unknown>>,
  name: string,
  [words, accepts]: readonly [words: string, accepts: (n: number) => boolean] = WHOLE,
): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const n = parseNumber(String(text));
  if (n !== undefined && accepts(n)) return n;
  throw new UsageError(`Expected --${name} to be ${words}, received "${text}"`);
}

/** Whole numbers from 0. */
const WHOLE = ["a whole number", (n: number) => Number.isSafeInteger(n) && n >= 0] as const;

/** Whole numbers from 1. */
export const COUNT = ["a whole number from 1", (n: number) => WHOLE[1](n) && n >= 1] as const;
