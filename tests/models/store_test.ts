import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { cnnAttention } from "ser/models/cnn_attention.ts";
import { loadWeights, saveWeights } from "ser/models/store.ts";

await loadBackend();

const build = (seed: number, classes = 3) => cnnAttention({ frames: 30, classes, seed });

/** A model whose moving statistics are not the initial ones. */
function trained(): tf.LayersModel {
  const model = build(1);
  const x = tf.randomNormal([4, 30, 40], 1, 2, "float32", 1);
  tf.dispose([x, model.apply(x, { training: true }) as tf.Tensor]);
  return model;
}

const predict = (model: tf.LayersModel) =>
  tf.tidy(() =>
    (model.predict(tf.randomNormal([2, 30, 40], 0, 1, "float32", 2)) as tf.Tensor)
      .dataSync()
  );

async function inFolder(test: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  await test(`${folder}/model.weights`).finally(() => Deno.remove(folder, { recursive: true }));
}

Deno.test("loadWeights() gives a fresh model the saved one's predictions, exactly", () =>
  inFolder(async (path) => {
    const before = tf.memory().numTensors;
    const saved = trained(), restored = build(2);
    await saveWeights(saved, path);
    ok(predict(restored)[0] !== predict(saved)[0]);
    await loadWeights(restored, path);
    deepStrictEqual(predict(restored), predict(saved));
    saved.dispose();
    restored.dispose();
    strictEqual(tf.memory().numTensors, before);
  }));

Deno.test("a model made anew from its own description has the same layers", () =>
  inFolder(async (path) => {
    const saved = trained();
    await saveWeights(saved, path);
    const restored = await tf.models.modelFromJSON(saved.toJSON(null, false) as never);
    await loadWeights(restored, path);
    deepStrictEqual(predict(restored), predict(saved));
    saved.dispose();
    restored.dispose();
  }));

Deno.test("loadWeights() refuses a damaged file and leaves the model as it was", () =>
  inFolder(async (path) => {
    const model = trained();
    await saveWeights(model, path);
    const before = predict(model);
    const whole = await Deno.readFile(path);
    const flipped = whole.slice();
    flipped[whole.length - 5] ^= 1;
    for (const bytes of [whole.slice(0, -4), flipped, whole.slice(0, 100), new Uint8Array(0)]) {
      await Deno.writeFile(path, bytes);
      await rejects(loadWeights(model, path), {
        name: "SyntaxError",
        message: /^Cannot read weights from ".*": expected .*, received .*; the file is damaged/,
      });
    }
    deepStrictEqual(predict(model), before);
    model.dispose();
  }));

Deno.test("loadWeights() refuses another model's weights and names the first that differs", () =>
  inFolder(async (path) => {
    const saved = build(1, 3), other = build(1, 4);
    await saveWeights(saved, path);
    await rejects(loadWeights(other, path), {
      name: "TypeError",
      message:
        `Cannot load weights of "cnn_attention" from "${path}": expected "emotion/kernel" [128, 4], received "emotion/kernel" [128, 3]`,
    });
    await rejects(loadWeights(other, `${path}.none`), Deno.errors.NotFound);
    saved.dispose();
    other.dispose();
  }));
