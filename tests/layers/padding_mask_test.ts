import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { PaddingMask } from "ser/layers/padding_mask.ts";

await loadBackend();

/** Frames of two features, of which the second is given. */
const frames = (...values: number[]) => tf.tensor3d([values.map((value) => [0, value])]);

const mask = (receptiveField: number, x: tf.Tensor) =>
  (new PaddingMask({ receptiveField }).apply(x) as tf.Tensor).arraySync();

Deno.test("PaddingMask is 1 where any frame of the receptive field is not all zeros", () => {
  deepStrictEqual(mask(1, frames(0, 1, 0, -2)), [[0, 1, 0, 1]]);
  deepStrictEqual(mask(3, frames(0, 0, 0, 5, 0, 0, 0)), [[0, 1, 1, 1, 0]]);
  deepStrictEqual(mask(2, frames(0, 0)), [[0]]);
});

Deno.test("PaddingMask equals a convolution with ones, and leaks nothing", () => {
  const x = tf.tidy(() => tf.randomUniform([4, 50, 3], 0, 1, "float32", 1).greater(0.9).toFloat());
  const before = tf.memory().numTensors;
  const layer = new PaddingMask({ receptiveField: 7 });
  const fast = layer.apply(x) as tf.Tensor;
  strictEqual(tf.memory().numTensors, before + 1);
  const slow = tf.tidy(() =>
    tf.conv1d(x as tf.Tensor3D, tf.ones([7, 3, 1]), 1, "valid").squeeze([2]).greater(0).toFloat()
  );
  deepStrictEqual(fast.arraySync(), slow.arraySync());
  deepStrictEqual(layer.computeOutputShape([null, 50, 3]), [null, 44]);
  tf.dispose([x, fast, slow]);
});

Deno.test("PaddingMask keeps its configuration and names a wrong receptive field", () => {
  const layer = new PaddingMask({ receptiveField: 25 });
  strictEqual(new PaddingMask(layer.getConfig() as never).receptiveField, 25);
  throws(() => new PaddingMask({ receptiveField: 0 }), {
    name: "RangeError",
    message: "Cannot make PaddingMask: expected receptiveField >= 1, received 0",
  });
});
