import { throws } from "node:assert/strict";
import { check } from "ser/notebook/check.ts";

Deno.test("check() stops with the fact, what came instead and what to do", () => {
  throws(() => check(false, "188 utterances", "found 187; run deno task data"), {
    message: "Check failed: 188 utterances: found 187; run deno task data",
  });
  throws(() => check(false, "the weights sum to 1"), {
    message: "Check failed: the weights sum to 1",
  });
});
