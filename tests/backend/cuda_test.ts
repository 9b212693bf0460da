import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { cudaLstm, cudaNormalize, usesCuda } from "ser/backend/cuda.ts";
import { loadBackend } from "ser/backend/load.ts";
import { plainSequence } from "ser/backend/lstm.ts";
import { RandomState } from "ser/support/random.ts";
import { draw } from "../fixtures/keras/read.ts";
import { assertClose } from "./close.ts";
import { example, type Sequence } from "./lstm_pass.ts";

// TensorFlow has these operations for processors, too, so that a machine without a card can test them
const { name, device } = await loadBackend();
const ignore = name !== "native";

Deno.test("usesCuda() is what the report says", () => {
  strictEqual(usesCuda(), device.endsWith("CUDA"));
});

const lstm = cudaLstm as unknown as Sequence, steps = plainSequence as unknown as Sequence;

for (const [batch, time, features, units] of [[3, 7, 5, 4], [1, 1, 1, 1], [33, 20, 6, 16]]) {
  Deno.test({
    name: `cudaLstm() equals the equations step by step, with its gradients: [${[
      batch,
      time,
      features,
      units,
    ]}]`,
    ignore,
    fn: () =>
      void tf.tidy(() => {
        const { inputs, dStates } = example(batch, time, features, units);
        assertClose(lstm(...inputs), steps(...inputs), "states");
        const expected = tf.grads(steps)(inputs, dStates);
        tf.grads(lstm)(inputs, dStates).forEach((gradient, i) =>
          assertClose(gradient, expected[i], `gradient ${i}`)
        );
      }),
  });
}

Deno.test({
  name: "cudaLstm() says nothing, leaks nothing and keeps at most one tensor for each length",
  ignore,
  fn() {
    const { inputs, dStates } = example(2, 11, 3, 4); // a length that no other test has
    const { warn } = console;
    const warnings: unknown[] = [];
    console.warn = (...words) => void warnings.push(words);
    const run = () => tf.dispose([lstm(...inputs), ...tf.grads(lstm)(inputs, dStates)]);
    try {
      const before = tf.memory().numTensors;
      run();
      strictEqual(tf.memory().numTensors, before + 1);
      run();
      strictEqual(tf.memory().numTensors, before + 1);
      deepStrictEqual(warnings, []);
    } finally {
      console.warn = warn;
      tf.dispose([...inputs, dStates]);
    }
  },
});

for (const shape of [[4, 3], [3, 11, 3], [1, 3]]) {
  Deno.test({
    name: `cudaNormalize() of [${shape}] equals the definition, with its gradients`,
    ignore,
    fn: () =>
      void tf.tidy(() => {
        const random = new RandomState(2), axes = shape.slice(0, -1).map((_, i) => i);
        const inputs = [shape, [3], [3]].map((s) => draw(random, s, (u) => 4 * u - 1));
        const dy = draw(random, shape, (u) => 2 * u - 1);
        const definition = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
          const { mean, variance } = tf.moments(x, axes);
          return x.sub(mean).div(variance.add(1e-3).sqrt()).mul(gamma).add(beta);
        };
        const [x, gamma, beta] = inputs, pass = cudaNormalize(x, gamma, beta, 1e-3);
        const { mean, variance } = tf.moments(x, axes);
        assertClose(pass.y, definition(x, gamma, beta));
        assertClose(pass.mean, mean, "mean");
        assertClose(pass.variance, variance, "variance");
        const expected = tf.grads(definition)(inputs, dy);
        pass.gradient(dy, pass.saved).forEach((gradient, i) =>
          assertClose(gradient, expected[i], `gradient ${i}`)
        );
      }),
  });
}
