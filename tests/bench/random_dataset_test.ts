import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { corpusShape, randomDataset } from "ser/bench/random_dataset.ts";

Deno.test("corpusShape() has the paper's sizes", () => {
  const { train, test, frames, coefficients, classes } = corpusShape("ravdess");
  // sections 4.1 and 4.2: 80 % of 1440, 228 frames of 40 coefficients, 8 emotions
  deepStrictEqual([train, test, frames, coefficients, classes], [1152, 288, 228, 40, 8]);
  throws(() => corpusShape("emodb"), { name: "RangeError", message: /corpus of fixed frames/ });
});

Deno.test("randomDataset() fills its shape with numbers of mean 0 and variance 1/3", () => {
  const shape = { train: 30, test: 10, frames: 25, coefficients: 8, classes: 4 };
  const { dataset, split } = randomDataset(shape);
  strictEqual(dataset.x.length, 40 * 25 * 8);
  strictEqual(dataset.means.length, 40 * 8);
  ok(dataset.x.every((value) => value >= -1 && value < 1));
  const mean = dataset.x.reduce((sum, value) => sum + value, 0) / dataset.x.length;
  const variance = dataset.x.reduce((sum, value) => sum + value ** 2, 0) / dataset.x.length;
  // 8000 numbers: standard errors 0.0065 and 0.0033, four of each
  ok(Math.abs(mean) < 0.026 && Math.abs(variance - 1 / 3) < 0.014, `${mean}, ${variance}`);
  deepStrictEqual([...split.train, ...split.test], Array.from({ length: 40 }, (_, i) => i));
  deepStrictEqual([...dataset.labels.slice(0, 6)], [0, 1, 2, 3, 0, 1]);
  deepStrictEqual(randomDataset(shape).dataset.x, dataset.x);
});
