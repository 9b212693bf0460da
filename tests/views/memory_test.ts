import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { randomSplit } from "ser/corpora/splits.ts";
import { lstm } from "ser/models/lstm.ts";
import { utteranceStates } from "ser/models/hidden_states.ts";
import { frameMemory, memoryFigure, speechMemory } from "ser/views/memory.ts";
import type { TrainedRun } from "ser/notebook/train_here.ts";
import { axisTitle } from "../plots/read_figure.ts";

await loadBackend();

const FRAMES = 12, SIZE = FRAMES * 40;

/** Ten utterances of 6 to 9 frames, padded to 12; the network is untrained. */
function trained(padding: "before" | "after"): TrainedRun {
  const trueFrames = Int32Array.from({ length: 10 }, (_, i) => 6 + i % 4);
  const x = new Float32Array(10 * SIZE), means = new Float32Array(400);
  trueFrames.forEach((count, i) => {
    const from = padding === "before" ? FRAMES - count : 0;
    for (let t = 0; t < count; t++) {
      for (let c = 0; c < 40; c++) x[i * SIZE + (from + t) * 40 + c] = Math.sin(i + t * t + c);
    }
    for (let c = 0; c < 40; c++) means[i * 40 + c] = Math.cos(i + c);
  });
  const corpus = { utterances: [] };
  const dataset = {
    corpus,
    x,
    means,
    trueFrames,
    frames: FRAMES,
    coefficients: 40,
    labels: trueFrames,
  };
  const run = { experiment: { split: "random", seed: 0, padding } };
  return { run, dataset, model: lstm({ frames: FRAMES, classes: 2, seed: 1 }) } as never;
}

const { test } = randomSplit(10, { seed: 0 });
const distance = (a: number[], b: number[]) => Math.hypot(...a.map((v, i) => v - b[i]));
const close = (a: readonly number[], b: readonly number[]) => {
  strictEqual(a.length, b.length);
  a.forEach((v, i) => ok(Math.abs(v - b[i]) < 1e-5, `${v} and ${b[i]}`)); // float32
};

for (const padding of ["before", "after"] as const) {
  Deno.test(`speechMemory() equals a comparison utterance by utterance, zeros ${padding}`, () => {
    const run = trained(padding), { model, dataset: { x, trueFrames } } = run;
    const sums = [0, 0, 0, 0];
    for (const i of test) {
      const count = trueFrames[i], from = padding === "before" ? FRAMES - count : 0;
      const data = new Float32Array((count + 3) * 40);
      data.set(x.subarray(i * SIZE + from * 40, i * SIZE + (from + count) * 40));
      const states = utteranceStates(model, { data, rows: count + 3, columns: 40 });
      // an untrained network stays at rest over zeros: its biases of the candidate are zero
      sums.forEach((_, k) => sums[k] += distance(states[count - 1 + k], Array(50).fill(0)));
    }
    close(speechMemory(run, 3), sums.map((sum) => sum / sums[0]));
    model.dispose();
  });

  Deno.test(`frameMemory() equals a comparison utterance by utterance, zeros ${padding}`, () => {
    const run = trained(padding), { model, dataset: { x, means, trueFrames } } = run;
    const sums = [0, 0, 0];
    for (const i of test) {
      const from = padding === "before" ? FRAMES - trueFrames[i] : 0;
      const middle = from + Math.floor(trueFrames[i] / 2);
      const data = x.slice(i * SIZE, (i + 1) * SIZE), changed = data.slice();
      changed.set(means.slice(i * 40, i * 40 + 40), middle * 40);
      const [a, b] = [data, changed].map((values) =>
        utteranceStates(model, { data: values, rows: FRAMES, columns: 40 })
      );
      sums.forEach((_, k) => sums[k] += distance(a[middle + k], b[middle + k]));
    }
    close(frameMemory(run, 2), sums.map((sum) => sum / sums[0]));
    model.dispose();
  });
}

Deno.test("speechMemory() and frameMemory() leak no tensor", () => {
  const run = trained("before");
  speechMemory(run, 3), frameMemory(run, 2); // makes what is kept for these lengths
  const before = tf.memory().numTensors;
  speechMemory(run, 3), frameMemory(run, 2);
  strictEqual(tf.memory().numTensors, before);
  run.model.dispose();
});

Deno.test("frameMemory() refuses to follow a frame beyond the end of all utterances", () => {
  const run = trained("before");
  throws(() => frameMemory(run, 5), {
    name: "RangeError",
    message:
      "Cannot follow a frame: expected utterances with 5 frames after their middle, received none",
  });
  run.model.dispose();
});

Deno.test("memoryFigure() draws shares in per cent, each line in a colour of its own", () => {
  const titles = { title: "Two", xTitle: "Frames later" };
  const figure = memoryFigure({ one: [1, 0.5], other: [1, 0.25] }, titles);
  deepStrictEqual(figure.data.map(({ name, x, y }) => [name, x, y]), [
    ["one", [0, 1], [100, 50]],
    ["other", [0, 1], [100, 25]],
  ]);
  const [first, second] = figure.data.map(({ line }) => (line as { color: string }).color);
  ok(first !== second);
  const rising = memoryFigure({ one: [1, 1.5] }, titles); // a state may need time to digest
  deepStrictEqual((rising.layout.yaxis as { range: number[] }).range, [0, 157.5]);
  strictEqual(axisTitle(figure, "xaxis"), "Frames later");
  strictEqual(axisTitle(figure, "yaxis"), "Left in the state (%)");
});
