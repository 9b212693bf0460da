import { deepStrictEqual } from "node:assert/strict";
import { slugger } from "ser/site/slug.ts";

Deno.test("slugger() names headings as code hosts do, each its own", () => {
  deepStrictEqual(["Zeros before, or after?", "Results", "Results", "?"].map(slugger()), [
    "zeros-before-or-after",
    "results",
    "results-1",
    "section",
  ]);
});
