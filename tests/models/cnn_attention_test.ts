import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { cnnAttention } from "ser/models/cnn_attention.ts";
import { readCases } from "../fixtures/keras/read.ts";
import { assertEqualsKeras, assertLearns, layerSeeds, type ModelCase } from "./checks.ts";

await loadBackend();

for (const expected of await readCases<ModelCase>("cnn_attention.json")) {
  const { shape: [frames], classes } = expected;
  const name = `cnnAttention() of ${frames} frames and ${classes} classes`;

  Deno.test(`${name} has the paper's number of parameters`, () => {
    const model = cnnAttention({ frames, classes, seed: 0 });
    strictEqual(model.countParams(), classes === 8 ? 75032 : 74903);
    strictEqual(model.countParams(), expected.parameters);
    const of = (prefix: string) =>
      model.layers.filter((layer) => layer.name.startsWith(prefix))
        .reduce((sum, layer) => sum + layer.countParams(), 0);
    strictEqual(of("conv_") + of("batch_norm_"), 69648);
    strictEqual(of("attention"), 256 + 4096); // W_s, W_c
    strictEqual(of("emotion"), classes === 8 ? 1032 : 903);
    deepStrictEqual(model.getLayer("relu_5").outputShape, [null, frames - 24, 16]);
    model.dispose();
  });

  Deno.test(`${name} equals Keras: both passes, all gradients, moving statistics`, () =>
    assertEqualsKeras(() => cnnAttention({ frames, classes, seed: 0, dropout: 0 }), expected));
}

Deno.test("cnnAttention() starts from the same weights for one seed, from others for another", () => {
  const sum = (seed: number) => {
    const model = cnnAttention({ frames: 30, classes: 2, seed });
    const sums = model.getWeights().map((weight) => weight.abs().sum().dataSync()[0]);
    model.dispose();
    return sums;
  };
  deepStrictEqual(sum(1), sum(1));
  ok(sum(1)[0] !== sum(2)[0]);
});

Deno.test("cnnAttention() seeds every layer differently", () => {
  const model = cnnAttention({ frames: 30, classes: 2, seed: 1 });
  const seeds = layerSeeds(model);
  strictEqual(seeds.length, 10); // 5 convolutions, 3 dropouts, attention, dense
  strictEqual(new Set(seeds).size, 10);
  model.dispose();
});

Deno.test("cnnAttention() lowers the loss of a tiny batch in ten Adam steps, without a leak", () =>
  assertLearns(cnnAttention({ frames: 40, classes: 2, seed: 3, dropout: 0 })));

Deno.test("cnnAttention() with the kernels of the text sees 33 frames, masked or not", () => {
  for (const masking of [false, true]) {
    const model = cnnAttention({ frames: 40, classes: 2, seed: 0, kernelSizes: "text", masking });
    deepStrictEqual(model.getLayer("relu_5").outputShape, [null, 40 - 32, 16]);
    model.dispose();
  }
  throws(() => cnnAttention({ frames: 32, classes: 2, seed: 0, kernelSizes: "text" }), {
    message: "Cannot build CNN-ATN: expected frames >= 33, received 32",
  });
});

Deno.test("cnnAttention() names a size that is out of range", () => {
  throws(() => cnnAttention({ frames: 24, classes: 8, seed: 0 }), {
    name: "RangeError",
    message: "Cannot build CNN-ATN: expected frames >= 25, received 24",
  });
  throws(() => cnnAttention({ frames: 25, classes: 1, seed: 0 }), {
    name: "RangeError",
    message: "Cannot build CNN-ATN: expected classes >= 2, received 1",
  });
});
