import { deepStrictEqual, ok } from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "ser/backend/load.ts";
import { smallestWeights, TOLERANCE } from "ser/recognition/smallest_weights.ts";

await loadBackend();

const INPUT = tf.tensor2d([[-900, 300], [-500, 100], [1, 1]]);

/** Two layers of two units and one output, all with a sigmoid. */
function network(first: number[][], second: number[][]) {
  const dense = { units: 2, activation: "sigmoid" as const };
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ ...dense, name: "first", inputShape: [2] }),
      tf.layers.dense({ ...dense, name: "second" }),
      tf.layers.dense({ ...dense, name: "third", units: 1 }),
    ],
  });
  const zeros = tf.zeros([2]);
  model.setWeights([
    ...[tf.tensor2d(first), zeros, tf.tensor2d(second), zeros],
    ...[tf.tensor2d([[4], [-3.3]]), tf.tensor1d([0.1])],
  ]);
  const ask = async () => {
    const y = model.predict(INPUT) as tf.Tensor, values = await y.data();
    y.dispose();
    return values;
  };
  return { model, ask };
}

const inFloat32 = ({ tensors }: { tensors: { name: string; scale?: number }[] }) =>
  tensors.filter(({ scale }) => scale === undefined).map(({ name }) => name);

Deno.test("smallestWeights() stores 16 bits where answers stay", async () => {
  const { model, ask } = network([[0.001, 0.002], [0.003, -0.001]], [[1, 0.5], [-0.7, 0.2]]);
  deepStrictEqual(inFloat32(await smallestWeights(model, ask)), []);
});

Deno.test("smallestWeights() keeps the layer exact whose rounding large inputs magnify", async () => {
  // half a step of 20 / 65,535 times 900 is 0.14: more than the sum that the first unit sees
  const { model, ask } = network([[0.0111, 10], [0.0335, -10]], [[8, 0.5], [-0.7, 0.2]]);
  const before = tf.memory().numTensors, exact = await ask();
  deepStrictEqual(inFloat32(await smallestWeights(model, ask)), ["first/kernel"]);
  const moved = Array.from(await ask(), (p, i) => Math.abs(p - exact[i]));
  ok(Math.max(...moved) <= TOLERANCE);
  ok(Math.max(...moved) > 0, "the network did not get the stored weights");
  deepStrictEqual(tf.memory().numTensors, before);
});
