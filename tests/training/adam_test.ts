import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { RandomState } from "ser/support/random.ts";
import { Adam, type AdamState } from "ser/training/adam.ts";
import keras from "../fixtures/keras_adam.json" with { type: "json" };

await loadBackend();

const SHAPES = keras.shapes;

/** The fixture's numbers as tensors of its shapes. */
const tensors = (values: number[][]) => values.map((flat, i) => tf.tensor(flat, SHAPES[i]));

const numbersOf = (variables: tf.Tensor[]) => variables.flatMap((v) => Array.from(v.dataSync()));

function variablesOf(values: number[][]): tf.Variable[] {
  return tensors(values).map((tensor) => tf.variable(tensor));
}

/** Adam as its paper has it, one number at a time in float64. */
function slowAdam(start: number[], gradients: number[][], rates: number[]): number[] {
  const theta = [...start], m = start.map(() => 0), v = start.map(() => 0);
  gradients.forEach((gradient, step) => {
    const t = step + 1;
    gradient.forEach((g, i) => {
      m[i] = 0.9 * m[i] + 0.1 * g;
      v[i] = 0.999 * v[i] + 0.001 * g * g;
      const alpha = rates[step] * Math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t);
      theta[i] -= alpha * m[i] / (Math.sqrt(v[i]) + 1e-7);
    });
  });
  return theta;
}

Deno.test(`Adam.apply() gives the variables of Keras ${keras.keras} after each of twelve steps`, () => {
  const variables = variablesOf(keras.start);
  const adam = new Adam(variables);
  for (const step of keras.steps) {
    adam.apply(tensors(step.gradients), step.rate);
    const expected = step.variables.flat();
    numbersOf(variables).forEach((value, i) => {
      // One step moves a variable by up to 1e-3. Keras takes 0.999^t in float32, ours is exact: the
      // step differs by up to 7e-6 of itself, 1e-7 after twelve; variables near 2 round to 1.2e-7.
      ok(Math.abs(value - expected[i]) < 5e-7, `${value} is not ${expected[i]}`);
    });
  }
  strictEqual(adam.step, keras.steps.length);
});

Deno.test("Adam.apply() equals a slow re-implementation over 100 steps", () => {
  const random = new RandomState(1);
  const draw = () => Array.from({ length: 7 }, () => random.uniform() - 0.5);
  const start = draw(), gradients = Array.from({ length: 100 }, draw);
  const variable = tf.variable(tf.tensor1d(start));
  const adam = new Adam([variable]);
  for (const gradient of gradients) adam.apply([tf.tensor1d(gradient)], 0.01);
  const expected = slowAdam(start, gradients, gradients.map(() => 0.01));
  variable.dataSync().forEach((value, i) => {
    ok(Math.abs(value - expected[i]) < 5e-6, `${value} is not ${expected[i]}`); // 100 float32 steps
  });
});

Deno.test("Adam.restore() goes on bit for bit", async () => {
  const variables = variablesOf(keras.start), others = variablesOf(keras.start);
  const adam = new Adam(variables), other = new Adam(others);
  const apply = (adam: Adam, from: number, to: number) =>
    keras.steps.slice(from, to).forEach((s) => adam.apply(tensors(s.gradients), s.rate));
  apply(adam, 0, 5);
  const { step, m, v } = adam.snapshot();
  const state: AdamState = {
    step,
    m: Float32Array.from(await m.data()),
    v: Float32Array.from(await v.data()),
  };
  others.forEach((variable, i) => variable.assign(variables[i].clone()));
  apply(adam, 5, 12);
  other.restore(state);
  apply(other, 5, 12);
  deepStrictEqual(numbersOf(others), numbersOf(variables));
});

Deno.test("Adam leaves no tensor behind but its variables", () => {
  const variables = variablesOf(keras.start);
  const before = tf.memory().numTensors;
  const adam = new Adam(variables);
  const { m, v } = adam.snapshot();
  for (const { gradients, rate } of keras.steps) {
    tf.tidy(() => adam.apply(tensors(gradients), rate));
  }
  tf.dispose([m, v]);
  adam.dispose();
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("Adam does not move where the gradient was always zero", () => {
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const adam = new Adam([variable]);
  for (let i = 0; i < 3; i++) adam.apply([tf.tensor1d([0, 1])], 0.1);
  strictEqual(variable.dataSync()[0], 1);
});

Deno.test("Adam says what is wrong with variables, gradients and states", () => {
  throws(() => new Adam([]), { name: "RangeError", message: /at least one variable, received 0/ });
  const variable = tf.variable(tf.zeros([2, 3]));
  const adam = new Adam([variable]);
  throws(() => adam.apply([tf.zeros([3, 2])], 1), {
    name: "TypeError",
    message: "Cannot apply gradients: expected shapes [2,3], received [3,2]",
  });
  strictEqual(adam.step, 0);
  throws(() => adam.restore({ step: 1, m: new Float32Array(5), v: new Float32Array(5) }), {
    name: "TypeError",
    message: "Cannot restore Adam: expected 6 parameters, received 5 and 5",
  });
});
