import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { dbnNetwork, fillNetwork, forward, layerSizes } from "ser/dbn/network.ts";
import { near } from "./replay.ts";

await loadBackend();

Deno.test("dbnNetwork() has the number of weights that the layers add up to", () => {
  const hidden = 40 * 128 + 128 + 2 * (128 * 128 + 128);
  for (const [classes, total] of [[8, 39304], [7, 39175]]) {
    const model = dbnNetwork({ classes });
    strictEqual(model.countParams(), hidden + 128 * classes + classes);
    strictEqual(model.countParams(), total);
    deepStrictEqual(model.layers.slice(1).map(({ name }) => name), [
      "hidden_1",
      "hidden_2",
      "hidden_3",
      "emotion",
    ]);
    deepStrictEqual(model.outputShape, [null, classes]);
    deepStrictEqual(layerSizes(model), [40, 128, 128, 128, classes]);
    model.dispose();
  }
});

Deno.test("fillNetwork() makes the model compute what the layers say", () => {
  const layers = [
    { W: tf.tensor2d([[1, -1], [0.5, 0.5], [0, -1]]), b: tf.tensor1d([0, 0.1, 0]) },
    { W: tf.tensor2d([[1, 0, 2], [0, 1, 2]]), b: tf.tensor1d([0, -0.1]) },
  ];
  const model = dbnNetwork({ coefficients: 2, classes: 2, hidden: [3] });
  fillNetwork(model, layers);
  // hidden: relu(1, 1.6, -1) = (1, 1.6, 0); softmax of (1, 1.5): 1 / (1 + exp(-+0.5))
  const x = tf.tensor2d([[2, 1]]);
  const expected = [1 / (1 + Math.exp(0.5)), 1 / (1 + Math.exp(-0.5))];
  near((model.predict(x) as tf.Tensor).dataSync(), expected, 1e-6);
  near(forward(layers, x).dataSync(), expected, 1e-6);
});

Deno.test("dbnNetwork() and layerSizes() name what they cannot use", () => {
  throws(() => dbnNetwork({ classes: 1 }), {
    name: "RangeError",
    message:
      "Cannot build the DBN: expected whole numbers of units >= 1 and classes >= 2, received 40, 128, 128, 128, 1",
  });
  throws(() => dbnNetwork({ classes: 2, hidden: [1.5] }), { name: "RangeError" });
  const flat = tf.sequential({ name: "flat", layers: [tf.layers.flatten({ inputShape: [2, 2] })] });
  throws(() => layerSizes(flat), {
    name: "TypeError",
    message: /^Cannot train the DBN: expected dense layers only, .* received "flat" of .*Flatten$/,
  });
});
