import { match, strictEqual, throws } from "node:assert/strict";
import { replaceSection } from "ser/tasks/readme.ts";

Deno.test("replaceSection() replaces what stands between the markers, and nothing else", () => {
  const readme =
    "a\n<!-- results: written by `deno task readme` -->\nold\n<!-- end of results -->\nb";
  const once = replaceSection(readme, "results", "new\n");
  match(once, /^a\n.*-->\n\nnew\n\n<!-- end of results -->\nb$/);
  strictEqual(replaceSection(once, "results", "new\n"), once);
  throws(() => replaceSection("no markers", "results", "new"), {
    name: "SyntaxError",
    message: /expected the lines/,
  });
});
