import { deepStrictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { examplesOf, type RunDataset } from "ser/training/run_data.ts";

await loadBackend();

/** Three utterances of two frames of two coefficients. */
const DATASET: RunDataset = {
  corpus: { info: { name: "toy" }, utterances: [{ id: "a" }, { id: "b" }, { id: "c" }] },
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
