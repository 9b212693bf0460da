import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { holdOut } from "ser/corpora/protocols/held_out.ts";

const GROUPS = ["ann", "ben", "ann", "cat", "dan", "ben"];

Deno.test("holdOut() divides by group into three parts", () => {
  const { train, validation, test } = holdOut(GROUPS, { test: ["ben"], validation: ["cat"] });
  deepStrictEqual([[...train], [...validation!], [...test]], [[0, 2, 4], [3], [1, 5]]);
});

Deno.test("holdOut() has no validation part where the fold has none", () => {
  const split = holdOut(GROUPS, { test: ["ann", "dan"] });
  strictEqual("validation" in split, false);
  deepStrictEqual([[...split.train], [...split.test]], [[1, 3, 5], [0, 2, 4]]);
});

Deno.test("holdOut() gives an empty part for a group that is not there", () => {
  strictEqual(holdOut(GROUPS, { test: ["eve"] }).test.length, 0);
});
