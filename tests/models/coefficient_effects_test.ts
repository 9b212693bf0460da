import * as tf from "@tensorflow/tfjs";
import { ok } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { coefficientEffects } from "ser/models/coefficient_effects.ts";
import { sdnn } from "ser/models/sdnn.ts";
import { predictProbabilities } from "ser/training/predict.ts";

await loadBackend();

/** A network whose biases, zero at first, are not. */
function network() {
  const model = sdnn({ coefficients: 5, classes: 3, seed: 2 });
  const weights = model.getWeights();
  model.setWeights(
    weights.map((w, i) => i % 2 ? tf.randomUniform(w.shape, -1, 1, "float32", i) : w),
  );
  return model;
}

Deno.test("coefficientEffects() add up to what the network answers", async () => {
  const model = network(), means = [-300, 80, 0, -12.5, 4];
  const { effects, bias } = coefficientEffects(model, means);
  const logits = bias.map((b, emotion) => effects.reduce((sum, row) => sum + row[emotion], b));
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const sum = powers.reduce((total, power) => total + power);
  const x = tf.tensor3d(means, [1, 5, 1]);
  const probabilities = await predictProbabilities(model, x);
  // float32 sums of 320 terms up to 100 or so
  powers.forEach((power, i) => ok(Math.abs(power / sum - probabilities[i]) < 1e-3));
  x.dispose();
  model.dispose();
});

Deno.test("coefficientEffects() of one coefficient do not depend on the others", () => {
  const model = network();
  const one = coefficientEffects(model, [1, 2, 3, 4, 5]).effects[1];
  const other = coefficientEffects(model, [-9, 2, 0, 44, 500]).effects[1];
  one.forEach((effect, emotion) => ok(Math.abs(effect - other[emotion]) < 1e-5)); // float32
  model.dispose();
});
