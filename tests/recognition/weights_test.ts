import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "ser/backend/load.ts";
import { restoreWeights, storeWeights } from "ser/recognition/weights.ts";

await loadBackend();

const network = (units = 3) =>
  tf.sequential({ layers: [tf.layers.dense({ name: "dense", units, inputShape: [2] })] });

const numbers = (model: tf.LayersModel) =>
  model.getWeights().map((weight) => Array.from(weight.dataSync()));

Deno.test("storeWeights() of all tensors in float32 and restoreWeights() keep every bit", async () => {
  const trained = network(), restored = network();
  const before = tf.memory().numTensors;
  restoreWeights(restored, await storeWeights(trained, 2));
  deepStrictEqual(numbers(restored), numbers(trained));
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("storeWeights() in 16 bits is off by half a step at most, its ends not at all", async () => {
  const trained = network(), restored = network();
  trained.setWeights([tf.tensor2d([[-1, 0.1, 0.2], [0.3, 0.123456, 3]]), tf.zeros([3])]);
  const stored = await storeWeights(trained, 0);
  const [{ scale, min }] = stored.tensors;
  deepStrictEqual([scale, min], [4 / 65535, -1]); // by hand: the range over the steps
  restoreWeights(restored, stored);
  const [kernel, bias] = numbers(restored), [exact] = numbers(trained);
  kernel.forEach((value, i) => ok(Math.abs(value - exact[i]) <= 4 / 65535 / 2 + 1e-7)); // float32
  deepStrictEqual([kernel[0], kernel[5]], [-1, 3]);
  deepStrictEqual(bias, [0, 0, 0]);
});

Deno.test("storeWeights() is base64 of little-endian numbers", async () => {
  const model = network();
  model.setWeights([tf.tensor2d([[1, 2, 3], [4, 5, 6]]), tf.tensor1d([0, 0, -2])]);
  const bytes = new Uint8Array(
    await (await fetch(
      `data:application/octet-stream;base64,${(await storeWeights(model, 2)).base64}`,
    )).arrayBuffer(),
  );
  const view = new DataView(bytes.buffer);
  const values = Array.from({ length: 9 }, (_, i) => view.getFloat32(4 * i, true));
  deepStrictEqual(values, [1, 2, 3, 4, 5, 6, 0, 0, -2]);
});

Deno.test("restoreWeights() refuses another network's weights and numbers that are not all there", async () => {
  const stored = await storeWeights(network(), 0);
  const other = network(4), before = numbers(other);
  throws(() => restoreWeights(other, stored), {
    name: "TypeError",
    message:
      /^Cannot load the weights of "sequential_\d+": expected "dense\/kernel" \[2, 4\], received "dense\/kernel" \[2, 3\]$/,
  });
  deepStrictEqual(numbers(other), before);
  throws(() => restoreWeights(network(), { ...stored, tensors: stored.tensors.slice(0, 1) }), {
    name: "TypeError",
    message: /expected "dense\/bias" \[3\], received no further weight$/,
  });
  throws(() => restoreWeights(network(), { ...stored, base64: stored.base64.slice(4) }), {
    name: "SyntaxError",
    message: /expected 18 bytes of numbers, received 15$/,
  });
});
