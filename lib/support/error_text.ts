/** Errors as a reader sees them: one sentence, and with `SER_DEBUG=1` the trace. @module */
import { SetupError } from "./setup_error.ts";

/** Names that say nothing of who made the error: the engine's, if it is not in our words. */
const ENGINE = ["Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "URIError"];

/** What the system says no to, and what to do. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /permission denied|not permitted|read-only/i,
    "see that you may write there; SER_CACHE names another folder for what is kept between runs",
  ],
  [/no space left|quota/i, "free some space and run again; what is finished is kept"],
];

/**
 * An error in one sentence.
 * @param error What was thrown.
 * @param action What could not be done, for errors that do not say so, for example `run "train"`.
 * @example Usage
 * ```ts
 * import { errorText } from "ser/support/error_text.ts";
 * import { strictEqual } from "node:assert/strict";
 * const ours = new RangeError("Cannot frame the signal: need at least 400 samples, received 120");
 * strictEqual(errorText(ours, 'run "train"'), ours.message);
 * const fault = new TypeError("x is not a function");
 * strictEqual(errorText(fault, 'run "train"'), 'Cannot run "train": x is not a function; SER_DEBUG=1 shows where');
 * ```
 */
export function errorText(error: unknown, action: string): string {
  if (Deno.env.get("SER_DEBUG") === "1") return Deno.inspect(error);
  const message = String(error instanceof Error ? error.message : error);
  if (/ \(os error \d+\)/.test(message)) {
    const plain = message.replace(/ \(os error \d+\)/, "");
    const remedy = REMEDIES.find(([words]) => words.test(plain))?.[1];
    return `Cannot ${action}: ${plain}${remedy ? `; ${remedy}` : ""}`;
  }
  if (error instanceof SetupError) return `Cannot ${action}: ${message}`;
  return isOurs(error) ? message : `Cannot ${action}: ${message}; SER_DEBUG=1 shows where`;
}

/**
 * Whether an error is in the project's words: "Cannot do this: expected that". Those of the engine, such as
 * "Cannot read properties of undefined", have no colon.
 */
export function isOurs(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return !ENGINE.includes(error.name) ||
    /^Cannot [^:]*: |^Expected .*, received /s.test(error.message);
}

/**
 * The system's reason not to read something, as one sentence of the project.
 * @param error What was thrown.
 * @param path Which file or folder.
 * @param kind What it is, with a space behind it.
 * @returns An error of the same class.
 */
export function readError(error: unknown, path: string, kind = ""): Error {
  const Same = (error instanceof Error ? error.constructor : Error) as ErrorConstructor;
  if (error instanceof Deno.errors.NotFound) {
    return new Same(`Cannot read ${kind}"${path}": no such file; check the path`);
  }
  const reason = (error instanceof Error ? error.message : String(error))
    .replace(/ \(os error \d+\).*$/s, "");
  return new Same(`Cannot read ${kind}"${path}": ${reason[0].toLowerCase()}${reason.slice(1)}`);
}
