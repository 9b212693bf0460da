import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { join } from "@std/path";
import { publishedUtterances } from "ser/corpora/manifest.ts";
import { stratifiedSplit } from "ser/corpora/protocols/stratified.ts";
import type { CorpusName } from "ser/corpora/types.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

interface Case {
  corpus?: CorpusName;
  labels?: number[];
  seed: number;
  train: number[];
  validation: number[];
  test: number[];
}
const path = join(PROJECT_ROOT, "tests", "fixtures", "stratified_splits.json");
const { cases }: { cases: Case[] } = JSON.parse(await Deno.readTextFile(path));

const labelsOf = async ({ corpus, labels }: Case) =>
  labels ?? (await publishedUtterances(corpus!)).map(({ label }) => label);

for (const what of ["ravdess", "savee", "emodb", undefined] as const) {
  Deno.test(`stratifiedSplit() equals scikit-learn's on ${what ?? "classes with ties"}`, async () => {
    for (const one of cases.filter(({ corpus }) => corpus === what)) {
      const { train, validation, test } = stratifiedSplit(await labelsOf(one), one);
      deepStrictEqual([...test], one.test);
      deepStrictEqual([...validation], one.validation);
      deepStrictEqual([...train], one.train);
    }
  });
}

Deno.test("stratifiedSplit() puts every index into one part, with equal shares of each class", () => {
  const labels = Array.from({ length: 200 }, (_, i) => i % 10 < 5 ? 0 : i % 10 < 8 ? 1 : 2);
  for (let seed = 0; seed < 5; seed++) {
    const { train, validation, test } = stratifiedSplit(labels, { seed });
    const all = [...train, ...validation, ...test].sort((a, b) => a - b);
    deepStrictEqual(all, Array.from({ length: 200 }, (_, i) => i));
    for (const [c, size] of [100, 60, 40].entries()) {
      const counts = [train, validation, test].map((part) =>
        part.filter((i) => labels[i] === c).length
      );
      const shares = [0.64 * size, 0.16 * size, 0.2 * size];
      ok(counts.every((count, part) => Math.abs(count - shares[part]) < 1), `${counts}`);
    }
  }
});

Deno.test("stratifiedSplit() refuses a class that cannot be on both sides", () => {
  throws(() => stratifiedSplit([0, 0, 0, 0, 0, 0, 0, 0, 0, 1], { seed: 0 }), {
    name: "RangeError",
    message:
      "Cannot split by class: expected two utterances of each and parts of at least 2, received parts of 8 and 2, and a class of 1",
  });
  throws(() => stratifiedSplit([0, 0, 1, 1], { seed: 0 }), /received parts of 3 and 1/);
});
