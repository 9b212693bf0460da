/** Reading text line by line as it comes. @module */

/**
 * The lines of a stream of UTF-8, without their ends; the last one, too, if it has no end.
 * @param stream For example the output of a process.
 * @example Usage
 * ```ts
 * import { linesOf } from "ser/support/lines.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const stream = new Blob(["one\ntwo"]).stream();
 * deepStrictEqual(await Array.fromAsync(linesOf(stream)), ["one", "two"]);
 * ```
 */
export async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}
