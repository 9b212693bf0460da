/** A program for threads_test.ts: trains each model for two epochs and prints the losses as JSON. @module */
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "ser/backend/load.ts";
import { fit } from "ser/training/fit.ts";
import { buildModel, completeOptions, MODEL_NAMES } from "ser/models/catalogue.ts";
import { TRAININGS } from "ser/training/trainings.ts";
import { RandomState } from "ser/support/random.ts";
import { draw } from "../fixtures/keras/read.ts";

await loadBackend();
const losses: Record<string, number[]> = {};
for (const name of MODEL_NAMES.filter((name) => TRAININGS[name].fit === fit)) {
  const input = { frames: 60, coefficients: 40, classes: 7 };
  const model = buildModel(name, input, completeOptions(name, {}), 1);
  const shape = model.inputs[0].shape.slice(1) as number[], random = new RandomState(2);
  const examples = (n: number) => ({
    x: draw(random, [n, ...shape], (u) => 2 * u - 1),
    labels: Int32Array.from({ length: n }, (_, i) => i % 7),
  });
  const { loss, testLoss } = await fit(model, { train: examples(71), test: examples(20) }, {
    epochs: 2,
  });
  losses[name] = [...loss, ...testLoss];
}
tf.disposeVariables();
console.log(JSON.stringify(losses));
