import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { join } from "@std/path";
import { randomSplit } from "ser/corpora/splits.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

type Splits = Record<"ravdess" | "savee", Record<string, number[]>>;
const PEER: Splits = JSON.parse(
  await Deno.readTextFile(join(PROJECT_ROOT, "tests", "fixtures", "splits.json")),
);

for (const [corpus, n] of [["ravdess", 1440], ["savee", 480]] as const) {
  Deno.test(`randomSplit() equals scikit-learn's on ${corpus}, seeds 0 to 4`, () => {
    for (const [seed, test] of Object.entries(PEER[corpus])) {
      deepStrictEqual([...randomSplit(n, { seed: Number(seed) }).test], test);
    }
  });
}

Deno.test("randomSplit() puts every index on one side", () => {
  for (const [n, tests] of [[10, 2], [11, 3], [7, 2], [2, 1]]) {
    const { train, test } = randomSplit(n, { seed: 7 });
    strictEqual(test.length, tests); // ceil(0.2 n)
    deepStrictEqual(
      [...train, ...test].sort((a, b) => a - b),
      Array.from({ length: n }, (_, i) => i),
    );
  }
});

Deno.test("randomSplit() refuses to leave a side empty", () => {
  throws(() => randomSplit(1, { seed: 0 }), {
    name: "RangeError",
    message: "Cannot split: expected utterances on both sides, received 1",
  });
  throws(() => randomSplit(0, { seed: 0 }), RangeError);
});
