import { deepStrictEqual } from "node:assert/strict";
import { duration } from "ser/support/duration.ts";

Deno.test("duration() speaks of seconds, minutes and hours", () => {
  deepStrictEqual([0.4, 59.4, 60, 3599, 4800].map(duration), [
    "0 s",
    "59 s",
    "1 min 0 s",
    "59 min 59 s",
    "1 h 20 min",
  ]);
});
