import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { lstmAttention } from "ser/models/lstm_attention.ts";
import { RandomState } from "ser/support/random.ts";
import { draw, readCases } from "../fixtures/keras/read.ts";
import {
  assertEqualsKeras,
  assertLearns,
  layerSeeds,
  type ModelCase,
  predictions,
} from "./checks.ts";

await loadBackend();

// attention_weights_test.ts tests where it looks, with and without masking

for (const expected of await readCases<ModelCase>("lstm_attention.json")) {
  const { shape: [frames], classes } = expected;
  const name = `lstmAttention() of ${frames} frames and ${classes} classes`;

  Deno.test(`${name} has the paper's number of parameters`, () => {
    const model = lstmAttention({ frames, classes, seed: 0 });
    strictEqual(model.countParams(), classes === 8 ? 102932 : 102803);
    strictEqual(model.countParams(), expected.parameters);
    const shapes = model.layers.map(({ name, outputShape }) => [name, outputShape]);
    deepStrictEqual(shapes, [
      ["mfcc", [null, frames, 40]],
      ["lstm_1", [null, frames, 100]],
      ["lstm_2", [null, frames, 50]],
      ["attention", [null, 128]],
      ["dropout", [null, 128]],
      ["emotion", [null, classes]],
    ]);
    model.dispose();
  });

  Deno.test(`${name} equals Keras: probabilities, loss, all gradients`, () =>
    assertEqualsKeras(() => lstmAttention({ frames, classes, seed: 0, dropout: 0 }), expected));
}

Deno.test("lstmAttention() has the score that is asked for", () => {
  const parameters = (["general", "dot", "bahdanau"] as const).map((score) => {
    const model = lstmAttention({ frames: 9, classes: 2, seed: 1, score });
    const count = model.getLayer("attention").countParams();
    model.dispose();
    return count;
  });
  const output = 2 * 50 * 128;
  deepStrictEqual(parameters, [50 * 50 + output, output, 2 * 50 * 50 + 50 + output]);
});

Deno.test("lstmAttention() with masking ignores how much padding follows", () => {
  const model = lstmAttention({ frames: 12, classes: 3, seed: 4, masking: true });
  const plain = lstmAttention({ frames: 12, classes: 3, seed: 4 });
  const short = lstmAttention({ frames: 7, classes: 3, seed: 4 });
  const speech = draw(new RandomState(2), [1, 7, 40], (u) => u + 1);
  const padded = speech.pad([[0, 0], [0, 5], [0, 0]]);
  const expected = predictions(short, speech);
  predictions(model, padded).forEach((p, i) => ok(Math.abs(p - expected[i]) < 1e-6)); // float32
  ok(Math.abs(predictions(plain, padded)[0] - expected[0]) > 1e-3);
  tf.dispose([speech, padded]);
  for (const one of [model, plain, short]) one.dispose();
});

Deno.test("lstmAttention() seeds every layer differently", () => {
  const model = lstmAttention({ frames: 9, classes: 2, seed: 1 });
  const seeds = layerSeeds(model);
  strictEqual(seeds.length, 5); // two LSTMs, attention, dropout, dense
  strictEqual(new Set(seeds).size, 5);
  model.dispose();
});

Deno.test("lstmAttention() lowers the loss of a tiny batch in ten Adam steps, without a leak", () =>
  assertLearns(lstmAttention({ frames: 20, classes: 2, seed: 3, dropout: 0 })));

Deno.test("lstmAttention() made anew from its description, with its weights, predicts the same", async () => {
  const model = lstmAttention({ frames: 9, classes: 3, seed: 1, masking: true });
  const copy = await tf.models.modelFromJSON(model.toJSON(null, false) as never);
  copy.setWeights(model.getWeights());
  const x = draw(new RandomState(1), [2, 9, 40], (u) => 2 * u - 1);
  deepStrictEqual(predictions(copy, x), predictions(model, x));
  tf.dispose(x);
  model.dispose();
  copy.dispose();
});

Deno.test("lstmAttention() names a size that is out of range", () => {
  throws(() => lstmAttention({ frames: 1.5, classes: 8, seed: 0 }), {
    name: "RangeError",
    message: "Cannot build LSTM-ATN: expected frames >= 1, received 1.5",
  });
  throws(() => lstmAttention({ frames: 228, classes: 1, seed: 0 }), {
    name: "RangeError",
    message: "Cannot build LSTM-ATN: expected classes >= 2, received 1",
  });
});
