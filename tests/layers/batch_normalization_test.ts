import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { BatchNormalization } from "ser/layers/batch_normalization.ts";
import { RandomState } from "ser/support/random.ts";
import { draw } from "../fixtures/keras/read.ts";

await loadBackend();

// tests/models/cnn_attention_test.ts compares training, gradients and moving statistics with Keras

const values = () => draw(new RandomState(1), [3, 5, 2], (u) => 4 * u - 1);

const train = (layer: BatchNormalization, x: tf.Tensor) =>
  layer.apply(x, { training: true }) as tf.Tensor;

Deno.test("BatchNormalization normalizes each channel of the batch when training", () =>
  void tf.tidy(() => {
    const y = train(new BatchNormalization(), values());
    const { mean, variance } = tf.moments(y, [0, 1]);
    ok(mean.abs().max().dataSync()[0] < 1e-6);
    // not quite 1: epsilon 1e-3 beside a variance of about 4/3
    ok(variance.sub(1).abs().max().dataSync()[0] < 2e-3);
  }));

Deno.test("BatchNormalization moves towards mean and biased variance of the batch, as Keras 3", () =>
  void tf.tidy(() => {
    const layer = new BatchNormalization({ momentum: 0.9 });
    train(layer, tf.tensor2d([[1], [3], [8]])); // mean 4, biased variance 26 / 3
    const [, , mean, variance] = layer.getWeights().map((w) => w.dataSync()[0]);
    ok(Math.abs(mean - 0.4) < 1e-6);
    ok(Math.abs(variance - (0.9 + 0.1 * 26 / 3)) < 1e-6);
  }));

Deno.test("BatchNormalization uses the moving statistics when not training, and keeps them", () =>
  void tf.tidy(() => {
    const layer = new BatchNormalization({ epsilon: 1e-7 });
    layer.build([null, 1]);
    layer.setWeights([tf.tensor1d([2]), tf.tensor1d([1]), tf.tensor1d([3]), tf.tensor1d([4])]);
    const y = layer.apply(tf.tensor2d([[3], [5]])) as tf.Tensor;
    ok(y.sub(tf.tensor2d([[1], [3]])).abs().max().dataSync()[0] < 1e-6); // 2 (x - 3) / 2 + 1
    deepStrictEqual(layer.getWeights().map((w) => w.dataSync()[0]), [2, 1, 3, 4]);
  }));

Deno.test("BatchNormalization leaks no tensor, with gradients or without", () => {
  const layer = new BatchNormalization();
  const x = values();
  layer.build([null, 5, 2]);
  const before = tf.memory().numTensors;
  tf.dispose(train(layer, x));
  tf.dispose(layer.apply(x) as tf.Tensor);
  tf.dispose(tf.grad((x) => train(layer, x).square().sum())(x));
  strictEqual(tf.memory().numTensors, before);
  tf.dispose(x);
});

Deno.test("BatchNormalization keeps its configuration", () => {
  const layer = new BatchNormalization({ momentum: 0.5, epsilon: 0.1, name: "bn" });
  const copy = new BatchNormalization(layer.getConfig() as never);
  deepStrictEqual([copy.name, copy.momentum, copy.epsilon], ["bn", 0.5, 0.1]);
});

Deno.test("BatchNormalization names an option that is out of range", () => {
  const wrong = [
    [{ momentum: 2 }, "expected momentum in [0, 1], received 2"],
    [{ epsilon: 0 }, "expected epsilon > 0, received 0"],
    [{ axis: 1 }, "expected axis -1, received 1"],
  ] as const;
  for (const [args, message] of wrong) {
    throws(() => new BatchNormalization(args), {
      name: "RangeError",
      message: `Cannot make BatchNormalization: ${message}`,
    });
  }
});
