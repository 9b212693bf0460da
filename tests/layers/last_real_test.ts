import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { LastReal } from "ser/layers/last_real.ts";

await loadBackend();

/** Two utterances of three frames with two features. */
const states = tf.tensor3d([[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]);

Deno.test("LastReal gives the last frame of speech, and the very last where there is none", () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const at = (...mask: number[][]) =>
      (new LastReal({}).apply([states, tf.tensor2d(mask)]) as tf.Tensor).arraySync();
    deepStrictEqual(at([1, 1, 1], [1, 0, 0]), [[5, 6], [7, 8]]);
    deepStrictEqual(at([0, 1, 0], [0, 0, 0]), [[3, 4], [11, 12]]);
    deepStrictEqual(at([1, 0, 1], [0, 1, 0]), [[5, 6], [9, 10]]); // a gap is no end
  });
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("LastReal hands the gradient to that frame alone", () => {
  tf.tidy(() => {
    const real = tf.tensor2d([[1, 1, 0], [1, 1, 1]]);
    const sum = (x: tf.Tensor) => (new LastReal({}).apply([x, real]) as tf.Tensor).sum();
    const slopes = tf.grad(sum as (x: tf.Tensor) => tf.Scalar)(states);
    deepStrictEqual(slopes.sum(2).arraySync(), [[0, 2, 0], [0, 0, 2]]);
  });
});

Deno.test("LastReal tells its shape and names inputs that do not fit", () => {
  const layer = new LastReal({ name: "last_real" });
  deepStrictEqual(layer.computeOutputShape([[null, 3, 2], [null, 3]]), [null, 2]);
  throws(() => layer.apply([states, tf.ones([2, 4])]), {
    name: "TypeError",
    message:
      'Cannot apply LastReal "last_real": expected [batch, time, features] and [batch, time], received [2, 3, 2] and [2, 4]',
  });
});
