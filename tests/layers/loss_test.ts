import * as tf from "@tensorflow/tfjs";
import { ok, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { argMax, score, sparseCategoricalCrossentropy } from "ser/layers/loss.ts";
import keras from "../fixtures/keras_loss.json" with { type: "json" };

await loadBackend();

const PROBABILITIES = Float32Array.from(keras.probabilities.flat());

Deno.test(`score() gives the losses that Keras ${keras.keras} reports, unclipped`, () => {
  keras.each.forEach((expected, i) => {
    const { loss } = score(PROBABILITIES.subarray(3 * i, 3 * i + 3), [keras.labels[i]]);
    ok(Math.abs(loss - expected) < 1e-5 * Math.max(1, expected), `${loss} is not ${expected}`); // float32
  });
});

Deno.test("score() over all examples gives the means of Keras's history", () => {
  const { loss, correct } = score(PROBABILITIES, keras.labels);
  const n = keras.labels.length;
  ok(Math.abs(loss / n - keras.fit.loss) < 1e-5 * keras.fit.loss); // Keras adds in float32
  ok(Math.abs(correct / n - keras.fit.accuracy) < 1e-7);
});

Deno.test("sparseCategoricalCrossentropy() equals score() as a mean", () => {
  const loss = tf.tidy(() =>
    sparseCategoricalCrossentropy(
      tf.tensor2d(keras.probabilities),
      tf.tensor1d(keras.labels, "int32"),
    ).dataSync()[0]
  );
  const expected = score(PROBABILITIES, keras.labels).loss / keras.labels.length;
  ok(Math.abs(loss - expected) < 1e-5 * expected); // float32
});

Deno.test("sparseCategoricalCrossentropy() has the gradient p - y at the logits, however sure the net", () => {
  const logits = tf.tensor2d(keras.logits), labels = tf.tensor1d(keras.labels, "int32");
  const gradient = tf.grad((z) =>
    sparseCategoricalCrossentropy(tf.softmax(z as tf.Tensor2D), labels)
  )(
    logits,
  );
  const expected = tf.softmax(logits).sub(tf.oneHot(labels, 3)).div(keras.labels.length);
  const error = gradient.sub(expected).abs().max().dataSync()[0];
  ok(error < 1e-7, String(error)); // float32, values up to 0.2
});

Deno.test("sparseCategoricalCrossentropy() stays finite where the probability is zero", () => {
  const loss = sparseCategoricalCrossentropy(tf.tensor2d([[1, 0]]), tf.tensor1d([1], "int32"));
  ok(Math.abs(loss.dataSync()[0] - 85.2) < 0.1); // -log(1e-37)
});

Deno.test("score() passes NaN on", () => {
  ok(Number.isNaN(score(Float32Array.of(NaN, NaN), [0]).loss));
});

Deno.test("argMax() takes the first of equal values", () => {
  strictEqual(argMax([0.2, 0.4, 0.4]), 1);
});
