import { equal, match } from "node:assert/strict";
import { jsonLine, shown } from "ser/support/shown.ts";

const NAME = "a\x1b[2Jb\x07\n\t\x7f\x9b\u202egnp.\u2066ä😀\\";

Deno.test("shown() escapes what a terminal obeys, and nothing else", () => {
  equal(shown(NAME), "a\\x1b[2Jb\\x07\\n\\t\\x7f\\x9b\\u202egnp.\\u2066ä😀\\");
});

Deno.test("jsonLine() is JSON in which nothing is unseen", () => {
  const line = jsonLine({ file: NAME });
  equal(JSON.parse(line).file, NAME);
  match(line, /^[ -~ä😀]+$/u);
});
