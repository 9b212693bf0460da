import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { attentionWeights } from "ser/models/attention_weights.ts";
import { cnnAttention } from "ser/models/cnn_attention.ts";
import { lstmAttention } from "ser/models/lstm_attention.ts";
import { RandomState } from "ser/support/random.ts";
import { draw } from "../fixtures/keras/read.ts";

await loadBackend();

for (const [build, positions] of [[cnnAttention, 204], [lstmAttention, 228]] as const) {
  Deno.test(`attentionWeights() of ${build.name}() sum to 1 for each utterance and leak nothing`, () => {
    const model = build({ frames: 228, classes: 8, seed: 0 });
    const x = draw(new RandomState(1), [2, 228, 40], (u) => 2 * u - 1) as tf.Tensor3D;
    attentionWeights(model, x).dispose(); // makes what is kept for 228 frames
    const before = tf.memory().numTensors;
    const alpha = attentionWeights(model, x);
    deepStrictEqual(alpha.shape, [2, positions]);
    for (const sum of alpha.sum(1).dataSync()) ok(Math.abs(sum - 1) < 1e-5); // float32, 228 terms
    alpha.dispose();
    strictEqual(tf.memory().numTensors, before + 1); // the sum of the line above
    model.dispose();
  });
}

Deno.test("attentionWeights() of cnnAttention() with masking give padding nothing, before or after", () => {
  const model = cnnAttention({ frames: 60, classes: 3, seed: 0, masking: true });
  const speech = draw(new RandomState(1), [1, 20, 40], (u) => u + 1);
  const weights = (before: number, after: number) =>
    tf.tidy(() =>
      attentionWeights(model, speech.pad([[0, 0], [before, after], [0, 0]]) as tf.Tensor3D)
        .dataSync()
    );
  const after = weights(0, 40); // position t sees frames t .. t + 24
  ok(after.slice(0, 20).every((alpha) => alpha > 0));
  ok(after.slice(20).every((alpha) => alpha === 0));
  const before = weights(40, 0);
  ok(before.slice(0, 16).every((alpha) => alpha === 0));
  ok(before.slice(16).every((alpha) => alpha > 0));
  speech.dispose();
  model.dispose();
});

Deno.test("attentionWeights() of lstmAttention() with masking give padding nothing", () => {
  const model = lstmAttention({ frames: 12, classes: 3, seed: 0, masking: true });
  const speech = draw(new RandomState(1), [1, 7, 40], (u) => u + 1);
  for (const before of [0, 2, 5]) {
    const weights = tf.tidy(() => {
      const x = speech.pad([[0, 0], [before, 5 - before], [0, 0]]) as tf.Tensor3D;
      return [...attentionWeights(model, x).dataSync()];
    });
    const isSpeech = weights.map((_, t) => t >= before && t < before + 7);
    deepStrictEqual(weights.map((alpha) => alpha > 0), isSpeech);
  }
  speech.dispose();
  model.dispose();
});

Deno.test("attentionWeights() names a model without attention", () => {
  const dense = tf.layers.dense({ units: 1, inputShape: [2] });
  const model = tf.sequential({ name: "dense_only", layers: [dense] });
  throws(() => attentionWeights(model, tf.ones([1, 1, 1])), {
    name: "TypeError",
    message:
      'Cannot read attention weights: expected a model with an Attention layer, received "dense_only" without one',
  });
  model.dispose();
});
