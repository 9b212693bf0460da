import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { cnn, type CnnOptions } from "ser/models/cnn.ts";
import { readCases } from "../fixtures/keras/read.ts";
import { assertEqualsKeras, assertLearns, layerSeeds, type ModelCase } from "./checks.ts";

await loadBackend();

type Case = ModelCase<Pick<CnnOptions, "padding" | "activation">>;

for (const expected of await readCases<Case>("cnn.json")) {
  const { shape: [frames], classes, options } = expected;
  const same = options.padding === "same";
  const name = `cnn() of ${frames} frames and ${classes} classes ${JSON.stringify(options)}`;

  Deno.test(`${name} has the paper's number of parameters`, () => {
    const model = cnn({ frames, classes, seed: 0, ...options });
    strictEqual(model.countParams(), expected.parameters);
    if (!same) strictEqual(model.countParams(), classes === 8 ? 95768 : 101463);
    const positions = same ? frames : frames - 24;
    strictEqual(model.getLayer("emotion").countParams(), (positions * 16 + 1) * classes);
    deepStrictEqual(model.getLayer("batch_norm_5").outputShape, [null, positions, 16]);
    model.dispose();
  });

  Deno.test(`${name} equals Keras: both passes, all gradients, moving statistics`, () =>
    assertEqualsKeras(() => cnn({ frames, classes, seed: 0, dropout: 0, ...options }), expected));
}

Deno.test("cnn() has dropout behind its first four convolutions, as the paper's text says", () => {
  const model = cnn({ frames: 30, classes: 2, seed: 1 });
  const dropouts = model.layers.map((layer) => layer.name).filter((name) => /dropout/.test(name));
  deepStrictEqual(dropouts, ["dropout_1", "dropout_2", "dropout_3", "dropout_4"]);
  model.dispose();
});

Deno.test("cnn() seeds every layer differently", () => {
  const model = cnn({ frames: 30, classes: 2, seed: 1 });
  const seeds = layerSeeds(model);
  strictEqual(seeds.length, 10); // five convolutions, four dropouts, dense
  strictEqual(new Set(seeds).size, 10);
  model.dispose();
});

Deno.test("cnn() lowers the loss of a tiny batch in ten Adam steps, without a leak", () =>
  assertLearns(cnn({ frames: 40, classes: 2, seed: 3, dropout: 0 })));
