import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, notDeepStrictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { Conv1D, type Conv1DArgs } from "ser/layers/conv1d.ts";

// tests/models compares networks of this layer with Keras, tests/backend the numbers with tf.conv1d
await loadBackend();

Deno.test("Conv1D has Keras's weights, Glorot uniform from its seed and zeros", () => {
  const layer = (seed: number) => {
    const made = new Conv1D({ filters: 4, kernelSize: 3, seed });
    made.apply(tf.zeros([1, 5, 2]));
    return made;
  };
  const [kernel, bias] = layer(1).getWeights();
  deepStrictEqual(layer(1).weights.map((w) => w.originalName.split("/").at(-1)), [
    "kernel",
    "bias",
  ]);
  deepStrictEqual([kernel.shape, bias.shape], [[3, 2, 4], [4]]);
  deepStrictEqual([...bias.dataSync()], [0, 0, 0, 0]);
  const bound = Math.sqrt(6 / (3 * 2 + 3 * 4)); // fan in and fan out
  const values = [...kernel.dataSync()];
  deepStrictEqual(values.filter((w) => Math.abs(w) > bound), []);
  deepStrictEqual([...layer(1).getWeights()[0].dataSync()], values);
  notDeepStrictEqual([...layer(2).getWeights()[0].dataSync()], values);
});

Deno.test("Conv1D keeps its settings through its configuration", () => {
  const layer = new Conv1D({ name: "c", filters: 4, kernelSize: 3, padding: "same", seed: 9 });
  const copy = new Conv1D(layer.getConfig() as unknown as Conv1DArgs);
  deepStrictEqual(copy.getConfig(), layer.getConfig());
  deepStrictEqual(copy.computeOutputShape([null, 5, 2]), [null, 5, 4]);
  deepStrictEqual(new Conv1D({ filters: 4, kernelSize: 3 }).computeOutputShape([2, 5, 2]), [
    2,
    3,
    4,
  ]);
});

Deno.test("Conv1D refuses settings and inputs that it cannot have", () => {
  const make = (args: Partial<Conv1DArgs>) => () =>
    new Conv1D({ filters: 1, kernelSize: 1, ...args });
  throws(make({ filters: 0 }), /Cannot make Conv1D: expected filters >= 1, received 0/);
  throws(make({ kernelSize: 1.5 }), /expected kernelSize >= 1, received 1.5/);
  throws(
    make({ padding: "causal" as "same" }),
    /expected padding "valid" or "same", received causal/,
  );
  throws(make({ seed: -1 }), /expected a seed in \[0, 2\^31\), received -1/);
  const layer = new Conv1D({ name: "c", filters: 1, kernelSize: 1 });
  throws(
    () => layer.apply(tf.zeros([2, 3])),
    /Cannot apply Conv1D "c": expected input \[batch, time, in\], received \[2, 3\]/,
  );
});
