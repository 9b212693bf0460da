import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { corpusInfo } from "ser/corpora/info.ts";
import { publishedUtterances } from "ser/corpora/manifest.ts";
import { randomSplit } from "ser/corpora/splits.ts";
import { experiment } from "ser/training/experiment.ts";
import {
  dataInWords,
  describeData,
  examplesOf,
  type RunDataset,
  splitOf,
} from "ser/training/run_data.ts";

await loadBackend();

/** Three utterances of two frames of two coefficients. */
const DATASET: RunDataset = {
  corpus: {
    info: { name: "toy" },
    utterances: ["a", "b", "c"].map((id) => ({ id, speaker: "one", sentence: "hello" })),
  },
  x: Float32Array.from({ length: 12 }, (_, i) => i),
  means: Float32Array.of(1, 2, 5, 6, 9, 10),
  frames: 2,
  coefficients: 2,
  labels: Int32Array.of(0, 1, 2),
  classes: ["x", "y", "z"],
};
const SPLIT = { train: Int32Array.of(2, 0), test: Int32Array.of(1) };

Deno.test("examplesOf() gives all frames of the chosen utterances", () => {
  const { train, test } = examplesOf(DATASET, SPLIT, { input: "frames", shape: [2, 2] });
  deepStrictEqual(train.x.arraySync(), [[[8, 9], [10, 11]], [[0, 1], [2, 3]]]);
  deepStrictEqual([...train.labels], [2, 0]);
  deepStrictEqual(test.x.arraySync(), [[[4, 5], [6, 7]]]);
  deepStrictEqual([...test.labels], [1]);
});

Deno.test("examplesOf() scales by the training part", () => {
  const view = { input: "means", scaling: "minmax", shape: [2, 1] } as const;
  const { train, test } = examplesOf(DATASET, SPLIT, { ...view, shape: [2, 1] });
  deepStrictEqual(train.x.arraySync(), [[[1], [1]], [[0], [0]]]); // 1 to 9 and 2 to 10
  deepStrictEqual(test.x.arraySync(), [[[0.5], [0.5]]]);
});

Deno.test("examplesOf() scales a validation part by the training part, too", () => {
  const split = { train: Int32Array.of(0), validation: Int32Array.of(2), test: Int32Array.of(1) };
  const view = { input: "means" as const, shape: [2] };
  const raw = examplesOf(DATASET, split, view);
  deepStrictEqual(raw.validation!.x.arraySync(), [[9, 10]]);
  deepStrictEqual([...raw.validation!.labels], [2]);
  const two = { ...split, train: Int32Array.of(0, 1) }; // 1 to 5 and 2 to 6
  const scaled = examplesOf(DATASET, two, { ...view, scaling: "minmax" });
  deepStrictEqual(scaled.train.x.arraySync(), [[0, 0], [1, 1]]);
  deepStrictEqual(scaled.validation!.x.arraySync(), [[2, 2]]); // outside of what training saw
});

Deno.test("describeData() counts the parts; its hash does not depend on the split", async () => {
  const split = { train: Int32Array.of(0), validation: Int32Array.of(2), test: Int32Array.of(1) };
  const described = await describeData(DATASET, split);
  const { train, validation, test, trainCounts, hash } = described;
  deepStrictEqual([train, validation, test, trainCounts], [1, 1, 1, [1, 0, 0]]);
  match(dataInWords(described), /^3 utterances of toy/);
  const other = await describeData(DATASET, SPLIT);
  strictEqual(other.hash, hash);
  strictEqual("validation" in other, false);
});

Deno.test("splitOf() divides as the experiment says", async () => {
  const utterances = await publishedUtterances("savee");
  const dataset = {
    ...DATASET,
    corpus: { info: corpusInfo("savee"), utterances },
    labels: Int32Array.from(utterances, ({ label }) => label),
  };
  deepStrictEqual(
    splitOf(experiment({ corpus: "savee", seed: 2 }), dataset),
    randomSplit(480, { seed: 2 }),
  );
  const third = experiment({ corpus: "savee", split: "speaker-independent", fold: 3 });
  const { test } = splitOf(third, dataset);
  deepStrictEqual(new Set(Array.from(test, (i) => utterances[i].speaker)), new Set(["JK"]));
});
