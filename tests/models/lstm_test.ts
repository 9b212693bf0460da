import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { lstm } from "ser/models/lstm.ts";
import { loadWeights, saveWeights } from "ser/models/store.ts";
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

for (const expected of await readCases<ModelCase>("lstm.json")) {
  const { shape: [frames], classes } = expected;
  const name = `lstm() of ${frames} frames and ${classes} classes`;

  Deno.test(`${name} has the paper's number of parameters`, () => {
    const model = lstm({ frames, classes, seed: 0 });
    strictEqual(model.countParams(), classes === 8 ? 87008 : 86957);
    strictEqual(model.countParams(), expected.parameters);
    const shapes = model.layers.map(({ name, outputShape }) => [name, outputShape]);
    deepStrictEqual(shapes, [
      ["mfcc", [null, frames, 40]],
      ["lstm_1", [null, frames, 100]],
      ["lstm_2", [null, 50]],
      ["dropout", [null, 50]],
      ["emotion", [null, classes]],
    ]);
    model.dispose();
  });

  Deno.test(`${name} equals Keras: probabilities, loss, all gradients`, () =>
    assertEqualsKeras(() => lstm({ frames, classes, seed: 0, dropout: 0 }), expected));
}

Deno.test("lstm() starts from the same weights for one seed, and seeds every layer differently", () => {
  const [first, again, other] = [1, 1, 2].map((seed) => lstm({ frames: 9, classes: 2, seed }));
  const x = draw(new RandomState(1), [2, 9, 40], (u) => 2 * u - 1);
  deepStrictEqual(predictions(first, x), predictions(again, x));
  ok(predictions(first, x)[0] !== predictions(other, x)[0]);
  const seeds = layerSeeds(first);
  strictEqual(seeds.length, 4); // two LSTMs, dropout, dense
  strictEqual(new Set(seeds).size, 4);
  tf.dispose(x);
  for (const model of [first, again, other]) model.dispose();
});

Deno.test("lstm() reads the emotion from the last frame's state: padding behind changes it", () => {
  const model = lstm({ frames: 12, classes: 3, seed: 4 });
  const speech = draw(new RandomState(2), [1, 7, 40], (u) => 2 * u - 1);
  const at = (before: number) => {
    const x = speech.pad([[0, 0], [before, 5 - before], [0, 0]]);
    return predictions(model, x);
  };
  ok(Math.abs(at(0)[0] - at(5)[0]) > 1e-3);
  tf.dispose(speech);
  model.dispose();
});

Deno.test("lstm() with masking gives for padded speech what it gives for the speech alone", () => {
  const padded = lstm({ frames: 12, classes: 3, seed: 4, masking: true });
  const alone = lstm({ frames: 7, classes: 3, seed: 4 }); // weights do not depend on frames
  strictEqual(padded.countParams(), alone.countParams());
  const speech = draw(new RandomState(2), [2, 7, 40], (u) => 2 * u - 1);
  const expected = predictions(alone, speech);
  predictions(padded, speech.pad([[0, 0], [0, 5], [0, 0]])).forEach((probability, i) =>
    ok(Math.abs(probability - expected[i]) < 1e-6) // float32
  );
  tf.dispose(speech);
  for (const model of [padded, alone]) model.dispose();
});

Deno.test("lstm() with masking lowers the loss of a tiny batch in ten Adam steps, without a leak", () =>
  assertLearns(lstm({ frames: 20, classes: 2, seed: 3, dropout: 0, masking: true })));

Deno.test("lstm() lowers the loss of a tiny batch in ten Adam steps, without a leak", () =>
  assertLearns(lstm({ frames: 20, classes: 2, seed: 3, dropout: 0 })));

Deno.test("lstm() predicts the same after its weights were saved and loaded", async () => {
  const path = await Deno.makeTempFile();
  const saved = lstm({ frames: 9, classes: 3, seed: 1 });
  const restored = lstm({ frames: 9, classes: 3, seed: 2 });
  await saveWeights(saved, path);
  await loadWeights(restored, path);
  await Deno.remove(path);
  const x = draw(new RandomState(1), [2, 9, 40], (u) => 2 * u - 1);
  deepStrictEqual(predictions(restored, x), predictions(saved, x));
  tf.dispose(x);
  saved.dispose();
  restored.dispose();
});

Deno.test("lstm() names a size that is out of range", () => {
  throws(() => lstm({ frames: 0, classes: 8, seed: 0 }), {
    name: "RangeError",
    message: "Cannot build LSTM: expected frames >= 1, received 0",
  });
  throws(() => lstm({ frames: 228, classes: 1, seed: 0 }), {
    name: "RangeError",
    message: "Cannot build LSTM: expected classes >= 2, received 1",
  });
});
