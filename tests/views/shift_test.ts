import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { moveFrames, shiftedAccuracy } from "ser/views/shift.ts";
import type { TrainedRun } from "ser/notebook/train_here.ts";
import { emotionSoftmax } from "ser/models/parts.ts";

await loadBackend();

/**
 * Ten utterances of two frames in four: the outer one is 0, the inner one 1 for class 0 and -1 for
 * class 1, so [0, 0, +-1, 0] with padding before and [0, +-1, 0, 0] with padding after.
 */
function trained(padding: "before" | "after", weights: number[]): TrainedRun {
  const labels = Int32Array.from({ length: 10 }, (_, i) => i % 2);
  const x = new Float32Array(40);
  labels.forEach((label, i) => x[4 * i + (padding === "before" ? 2 : 1)] = label ? -1 : 1);
  const input = tf.input({ shape: [4, 1] });
  const vector = tf.layers.flatten().apply(input) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: emotionSoftmax(vector, 2, 0) });
  // Class 0 gets frame t times weights[t], class 1 nothing, plus a bias that decides for class 1 at 0.
  model.setWeights([tf.tensor2d(weights.map((w) => [w, 0])), tf.tensor1d([0, 0.5])]);
  const utterances = Array.from(labels, (_, i) => ({ speaker: { 1: "10", 3: "09" }[i] ?? "03" }));
  return {
    model,
    run: { experiment: { seed: 0, padding, corpus: "emodb", split: "random" } },
    dataset: {
      corpus: { utterances },
      x,
      labels,
      frames: 4,
      coefficients: 1,
      trueFrames: new Int32Array(10).fill(2),
    },
  } as unknown as TrainedRun;
}

Deno.test("shiftedAccuracy() falls where a network that knows one position looks at zeros", async () => {
  for (const padding of ["before", "after"] as const) {
    const weights = padding === "before" ? [0, 0, 1, 0] : [0, 1, 0, 0];
    const { accuracy, utterances } = await shiftedAccuracy(trained(padding, weights), [0, 1, 2]);
    strictEqual(utterances, 2);
    // moved away: zeros, class 1 for both test utterances 2 and 8 of RandomState(0), which are class 0
    deepStrictEqual(accuracy, [1, 0, 0]);
  }
});

Deno.test("shiftedAccuracy() asks the test part of the run's own split", async () => {
  const fold = trained("before", [0, 0, 1, 0]);
  Object.assign(fold.run.experiment, { split: "speaker-independent", fold: 2 }); // speakers 10 and 09
  // moved away: zeros, class 1, which utterances 1 and 3 are
  deepStrictEqual(await shiftedAccuracy(fold, [0, 1]), { accuracy: [1, 1], utterances: 2 });
});

Deno.test("shiftedAccuracy() stays where all positions have the same weight, and leaks nothing", async () => {
  const everywhere = trained("before", [1, 1, 1, 1]);
  await shiftedAccuracy(everywhere, [0]);
  const before = tf.memory().numTensors;
  deepStrictEqual((await shiftedAccuracy(everywhere, [0, 1, 2])).accuracy, [1, 1, 1]);
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("shiftedAccuracy() refuses a shift that no utterance has room for", () =>
  rejects(() => shiftedAccuracy(trained("before", [0, 0, 0, 1]), [3]), {
    name: "RangeError",
    message: "Cannot shift the utterances: expected some with 3 frames of padding, received none",
  }));

Deno.test("shiftedAccuracy() with zeros takes a sign away that the repeated frame leaves", async () => {
  const last = trained("before", [0, 0, 0, 1]); // hears the last frame only
  const { x } = last.dataset;
  for (let i = 3; i < x.length; i += 4) x[i] = x[i - 1]; // frames [0, 0, v, v]
  deepStrictEqual((await shiftedAccuracy(last, [0, 1], "edge")).accuracy, [1, 1]);
  deepStrictEqual((await shiftedAccuracy(last, [0, 1], "zeros")).accuracy, [1, 0]);
});

Deno.test("moveFrames() equals cutting off at one end and repeating, or zeros, at the other", () => {
  const rows = [[0, 1], [2, 3], [4, 5]];
  const values = Float32Array.from(rows.flat());
  const move = (by: number) => [...moveFrames(values, by, { coefficients: 2, fill: "edge" })];
  const clear = (by: number) => [...moveFrames(values, by, { coefficients: 2, fill: "zeros" })];
  deepStrictEqual(clear(0), rows.flat());
  deepStrictEqual(clear(-2), [rows[2], [0, 0], [0, 0]].flat());
  deepStrictEqual(clear(1), [[0, 0], rows[0], rows[1]].flat());
  deepStrictEqual(move(0), rows.flat());
  deepStrictEqual(move(-2), [rows[2], rows[2], rows[2]].flat());
  deepStrictEqual(move(1), [rows[0], rows[0], rows[1]].flat());
});
