/**
 * A program for load_test.ts: loads the back end that SER_BACKEND names and prints, as JSON, its
 * report and one forward and backward pass of CNN-ATN. @module
 */
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "ser/backend/load.ts";
import { cnnAttention } from "ser/models/cnn_attention.ts";
import { RandomState } from "ser/support/random.ts";
import { draw } from "../fixtures/keras/read.ts";

/** What the program prints. */
export interface OneStep {
  name: string;
  line: string;
  /** Probabilities without dropout, by the moving statistics. */
  probabilities: number[];
  /** Loss in training mode. */
  loss: number;
  /** Of each weight's gradient: sum of absolute values, sum. */
  gradients: [number, number][];
}

const { name, line } = await loadBackend();
const model = cnnAttention({ frames: 60, classes: 3, seed: 1, dropout: 0 });
const x = draw(new RandomState(1), [3, 60, 40], (u) => 2 * u - 1);
const labels = tf.oneHot([0, 1, 2], 3);
const variables = model.trainableWeights.map((w) => (w as unknown as { val: tf.Variable }).val);
const probabilities = await (model.predict(x) as tf.Tensor).data();
const { value, grads } = tf.variableGrads(() => {
  const probabilities = model.apply(x, { training: true }) as tf.Tensor;
  return probabilities.mul(labels).sum(1).log().mean().neg() as tf.Scalar;
}, variables);
const gradients: [number, number][] = [];
for (const variable of variables) {
  const gradient = grads[variable.name];
  gradients.push([(await gradient.abs().sum().data())[0], (await gradient.sum().data())[0]]);
}
const step: OneStep = {
  name,
  line,
  probabilities: [...probabilities],
  loss: (await value.data())[0],
  gradients,
};
console.log(JSON.stringify(step));
