/** Help texts and arguments of the tasks, the same way for all. @module */
import { parseArgs, type ParseArgsConfig } from "node:util";

/** What a task says about itself. */
export interface TaskHelp {
  /** The task's name, as in `deno task NAME`. */
  name: string;
  /** Arguments after the name, for example `"[--quick] [NOTEBOOK...]"`. */
  usage: string;
  /** What it does, one or more lines. */
  about: string;
  /** Each option with its meaning. `--help` is added. */
  options?: readonly (readonly [option: string, meaning: string])[];
}

/** A wrong command line; the message says what was expected. */
export class UsageError extends Error {
  override name = "UsageError";
}

/**
 * The text of `deno task NAME --help`.
 * @param help What the task says about itself.
 * @example Usage
 * ```ts
 * import { helpText } from "ser/tasks/help.ts";
 * import { match } from "node:assert/strict";
 * const text = helpText({ name: "setup", usage: "[--gpu]", about: "Sets up.", options: [["--gpu", "CUDA"]] });
 * match(text, /^Usage: deno task setup \[--gpu\]\n/);
 * match(text, /--help +this text/);
 * ```
 */
export function helpText(help: TaskHelp): string {
  const options = [...help.options ?? [], ["--help", "this text"] as const];
  const width = Math.max(...options.map(([option]) => option.length)) + 2;
  const lines = options.map(([option, meaning]) => `  ${option.padEnd(width)}${meaning}`);
  return `Usage: deno task ${help.name} ${help.usage}`.trimEnd() +
    `\n\n${help.about}\n\n${lines.join("\n")}\n\n` +
    `Without Deno installed: npx -y deno@2.9.6 task ${help.name} ${help.usage}`.trimEnd();
}

/** What parseArgs of node:util takes for one option. */
export type OptionTypes = NonNullable<ParseArgsConfig["options"]>;

/** A parsed command line. */
export interface Parsed {
  /** Options by name, without dashes. */
  values: Record<string, string | boolean | undefined>;
  /** The words that are not options. */
  words: string[];
  /** Whether `--help` or `-h` is among them. */
  help: boolean;
}

/**
 * Parses a task's arguments.
 * @param args The words after the task's name.
 * @param options Which options there are.
 * @param allowWords Whether words that are no options may come.
 * @throws {UsageError} On an unknown option, a missing value or a word that is not expected.
 */
export function parseTaskArgs(args: string[], options: OptionTypes, allowWords = false): Parsed {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: allowWords,
      strict: true,
    });
    return {
      values: values as Parsed["values"],
      words: positionals,
      help: values.help === true,
    };
  } catch (error) {
    throw new UsageError((error as Error).message.split(". ")[0]);
  }
}
