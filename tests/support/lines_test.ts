import { deepStrictEqual } from "node:assert/strict";
import { linesOf } from "ser/support/lines.ts";

Deno.test("linesOf() joins what comes in pieces, also in the middle of a letter", async () => {
  const bytes = new TextEncoder().encode("für\n\nSie\n");
  for (const size of [1, 2, 5, 100]) {
    const pieces = Array.from(
      { length: Math.ceil(bytes.length / size) },
      (_, i) => bytes.slice(i * size, (i + 1) * size),
    );
    deepStrictEqual(await Array.fromAsync(linesOf(ReadableStream.from(pieces))), [
      "für",
      "",
      "Sie",
    ]);
  }
});
