/** Names of files as a reader sees them: in messages, in commands to copy. @module */

/** Control characters, and those that turn the direction of writing: a terminal obeys them. */
// deno-lint-ignore no-control-regex
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text for one line of a terminal: what cannot be seen is written as in a string of JavaScript.
 * @param text For example the name of a file.
 * @example Usage
 * ```ts
 * import { shown } from "ser/support/shown.ts";
 * import { equal } from "node:assert/strict";
 * equal(shown("a\x1b[2Jb\n"), "a\\x1b[2Jb\\n");
 * ```
 */
export function shown(text: string): string {
  return text.replace(UNSEEN, (char) => {
    const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[char];
    const code = char.charCodeAt(0);
    return short ??
      (code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`);
  });
}

/** A value as one line of JSON in which nothing is unseen. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(
    UNSEEN,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** A word as a POSIX shell takes it, with what cannot be seen in the form `$'\x1b'` of Bash and Zsh. */
export function shellWord(word: string): string {
  if (/^[\w./+,:@%-]+$/.test(word)) return word;
  if (shown(word) === word) return `'${word.replaceAll("'", "'\\''")}'`;
  return `$'${shown(word.replaceAll("\\", "\\\\")).replaceAll("'", "\\'")}'`;
}
