import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, notDeepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { SeededDropout, setDropoutStep } from "ser/layers/dropout.ts";

await loadBackend();

const drop = (layer: SeededDropout, x: tf.Tensor) =>
  tf.tidy(() => (layer.apply(x, { training: true }) as tf.Tensor).dataSync());

Deno.test("SeededDropout keeps the right share of the values and their mean", () => {
  const x = tf.ones([100, 1000]);
  for (const rate of [0.1, 0.5, 0.7]) { // 0.5 takes the native back end's short cut
    const y = drop(new SeededDropout({ rate, seed: 1 }), x);
    const kept = y.filter((value: number) => value > 0);
    // 1e5 draws: five standard deviations are at most 0.008
    ok(Math.abs(kept.length / y.length - (1 - rate)) < 0.008, `${rate}: ${kept.length}`);
    ok(kept.every((value: number) => Math.abs(value - 1 / (1 - rate)) < 1e-6));
  }
  x.dispose();
});

Deno.test("SeededDropout depends on seed and step only", () => {
  const x = tf.ones([10, 9]);
  const at = (seed: number, step: number) => {
    const layer = new SeededDropout({ rate: 0.5, seed });
    drop(layer, x);
    layer.step = step;
    return drop(layer, x);
  };
  deepStrictEqual(at(1, 3), at(1, 3));
  notDeepStrictEqual(at(1, 3), at(1, 4));
  notDeepStrictEqual(at(1, 3), at(2, 3));
  x.dispose();
});

Deno.test("SeededDropout has the mask as its gradient", () =>
  void tf.tidy(() => {
    const layer = new SeededDropout({ rate: 0.5, seed: 5 });
    const x = tf.range(1, 41);
    const gradient = tf.grad((x) => (layer.apply(x, { training: true }) as tf.Tensor).sum())(x);
    deepStrictEqual(gradient.dataSync(), drop(layer, tf.ones([40])));
  }));

Deno.test("SeededDropout is the identity when not training or with rate 0, and leaks nothing", () => {
  const layer = new SeededDropout({ rate: 0.5, seed: 1 });
  const x = tf.tensor1d([1, 2, 3]);
  const before = tf.memory().numTensors;
  const y = layer.apply(x) as tf.Tensor;
  deepStrictEqual([...y.dataSync()], [1, 2, 3]);
  deepStrictEqual([...drop(new SeededDropout({ rate: 0, seed: 1 }), x)], [1, 2, 3]);
  drop(layer, x);
  strictEqual(tf.memory().numTensors, before + 1); // y
  tf.dispose([x, y]);
});

Deno.test("setDropoutStep() reaches every dropout layer of a model", () => {
  const layers = [1, 2].map((seed) => new SeededDropout({ rate: 0.5, seed, inputShape: [3] }));
  const model = tf.sequential({ layers });
  setDropoutStep(model, 17);
  deepStrictEqual(layers.map((layer) => layer.step), [17, 17]);
});

Deno.test("SeededDropout keeps its configuration and names what is out of range", () => {
  const layer = new SeededDropout({ rate: 0.25, seed: 4, name: "drop" });
  const copy = new SeededDropout(layer.getConfig() as never);
  deepStrictEqual([copy.name, copy.rate, copy.seed], ["drop", 0.25, 4]);
  throws(() => new SeededDropout({ rate: 1, seed: 1 }), {
    name: "RangeError",
    message: "Cannot make SeededDropout: expected a rate in [0, 1), received 1",
  });
  throws(() => new SeededDropout({ rate: 0.5, seed: -1 }), {
    name: "RangeError",
    message: "Cannot make SeededDropout: expected a seed in [0, 2^31), received -1",
  });
});
