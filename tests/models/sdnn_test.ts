import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { sdnn } from "ser/models/sdnn.ts";
import { readCases } from "../fixtures/keras/read.ts";
import { assertEqualsKeras, assertLearns, layerSeeds, type ModelCase } from "./checks.ts";

await loadBackend();

for (const expected of await readCases<ModelCase>("sdnn.json")) {
  const { classes } = expected;

  Deno.test(`sdnn() of ${classes} classes has the paper's number of parameters and shapes`, () => {
    const model = sdnn({ classes, seed: 0 });
    strictEqual(model.countParams(), classes === 8 ? 29000 : 26439);
    strictEqual(model.countParams(), expected.parameters);
    strictEqual(model.getLayer("dense_1").countParams(), 256);
    strictEqual(model.getLayer("dense_2").countParams(), 8256);
    deepStrictEqual(model.inputs[0].shape, [null, 40, 1]);
    deepStrictEqual(model.getLayer("dense_1").outputShape, [null, 40, 128]);
    deepStrictEqual(model.getLayer("dense_2").outputShape, [null, 40, 64]);
    deepStrictEqual(model.getLayer("emotion").outputShape, [null, classes]);
    model.dispose();
  });

  Deno.test(`sdnn() of ${classes} classes equals Keras: probabilities, loss, all gradients`, () =>
    assertEqualsKeras(() => sdnn({ classes, seed: 0, dropout: 0 }), expected));
}

Deno.test("sdnn() seeds every layer differently", () => {
  const model = sdnn({ classes: 2, seed: 1 });
  const seeds = layerSeeds(model);
  strictEqual(seeds.length, 5); // three dense layers, two dropouts
  strictEqual(new Set(seeds).size, 5);
  model.dispose();
});

Deno.test("sdnn() lowers the loss of a tiny batch in ten Adam steps, without a leak", () =>
  assertLearns(sdnn({ classes: 2, seed: 3, dropout: 0 }), 0.6));
