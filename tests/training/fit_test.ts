import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, notDeepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { deriveSeed, RandomState } from "ser/support/random.ts";
import {
  type BatchReport,
  type EpochReport,
  fit,
  type FitOptions,
  TrainingInterrupted,
} from "ser/training/fit.ts";
import { predictProbabilities } from "ser/training/predict.ts";
import { score } from "ser/layers/loss.ts";
import type { TrainingState } from "ser/training/state.ts";
import { numbersOf, smallData, smallModel } from "./small.ts";

await loadBackend();

const DATA = smallData();
const OPTIONS: FitOptions = {
  seed: 3,
  epochs: 6,
  batchSize: 16,
  learningRate: [{ from: 0, rate: 0.01 }, { from: 4, rate: 0.001 }],
};

/** Trains a new small model; the same seed for weights and order. */
async function train(options: FitOptions = {}, seed = 3) {
  const model = smallModel(seed);
  const history = await fit(model, DATA, { ...OPTIONS, seed, ...options });
  return { model, history };
}

/** Softmax regression on two features by Adam, in float64, one number at a time. */
function slowTraining(x: number[][], labels: number[], epochs: number, batchSize: number) {
  const theta = new Array(6).fill(0), m = new Array(6).fill(0), v = new Array(6).fill(0); // [2][2] kernel, [2] bias
  const probabilities = (row: number[]) => {
    const logits = [0, 1].map((c) => row[0] * theta[c] + row[1] * theta[2 + c] + theta[4 + c]);
    const powers = logits.map(Math.exp);
    return powers.map((power) => power / (powers[0] + powers[1]));
  };
  const loss: number[] = [], accuracy: number[] = [];
  let t = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = new RandomState(deriveSeed(0, "shuffle", epoch)).permutation(x.length);
    let lossSum = 0, correct = 0;
    for (let start = 0; start < x.length; start += batchSize) {
      const batch = [...order.slice(start, start + batchSize)];
      const gradient = new Array(6).fill(0);
      for (const i of batch) {
        const p = probabilities(x[i]);
        lossSum -= Math.log(p[labels[i]]);
        correct += Number(labels[i] === (p[1] > p[0] ? 1 : 0));
        for (const c of [0, 1]) {
          const delta = (p[c] - Number(labels[i] === c)) / batch.length;
          gradient[c] += delta * x[i][0];
          gradient[2 + c] += delta * x[i][1];
          gradient[4 + c] += delta;
        }
      }
      t++;
      gradient.forEach((g, i) => {
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        const alpha = 0.05 * Math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t);
        theta[i] -= alpha * m[i] / (Math.sqrt(v[i]) + 1e-7);
      });
    }
    loss.push(lossSum / x.length);
    accuracy.push(correct / x.length);
  }
  return { loss, accuracy };
}

Deno.test("fit() gives the history of a slow re-implementation, the smaller last batch included", async () => {
  const random = new RandomState(5);
  const x = Array.from({ length: 11 }, () => [random.uniform() - 0.5, random.uniform() - 0.5]);
  const labels = x.map(([a, b]) => Number(a + b > 0.1));
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 2,
        activation: "softmax",
        kernelInitializer: "zeros",
        inputShape: [2],
      }),
    ],
  });
  const examples = { x: tf.tensor2d(x), labels: Int32Array.from(labels) };
  const history = await fit(model, { train: examples, test: examples }, {
    epochs: 8,
    batchSize: 4,
    learningRate: [{ from: 0, rate: 0.05 }],
  });
  const expected = slowTraining(x, labels, 8, 4);
  deepStrictEqual(history.accuracy, expected.accuracy);
  history.loss.forEach((loss, i) => ok(Math.abs(loss - expected.loss[i]) < 1e-5)); // 24 float32 steps
});

Deno.test("fit() lowers the loss on both sides", async () => {
  const { history } = await train({ epochs: 15 });
  ok(history.loss[14] < 0.7 * history.loss[0], history.loss.join());
  ok(history.testLoss[14] < 0.8 * history.testLoss[0], history.testLoss.join()); // moving statistics lag
});

Deno.test("fit() repeats itself with the same seed and not with another", async () => {
  const first = await train(), again = await train(), other = await train({}, 4);
  deepStrictEqual(numbersOf(again.history), numbersOf(first.history));
  deepStrictEqual(
    again.model.getWeights().map((w) => [...w.dataSync()]),
    first.model.getWeights().map((w) => [...w.dataSync()]),
  );
  notDeepStrictEqual(numbersOf(other.history), numbersOf(first.history));
});

Deno.test("fit() reports the test set in inference mode, with all of it", async () => {
  const { model, history } = await train();
  const { loss, correct } = score(
    await predictProbabilities(model, DATA.test.x, { batchSize: 4 }),
    DATA.test.labels,
  );
  ok(Math.abs(history.testLoss.at(-1)! - loss / 11) < 1e-6); // other batch size: float32 sums
  strictEqual(history.testAccuracy.at(-1), correct / 11);
});

Deno.test("fit() stopped at any batch goes on to the same history and weights, bit for bit", async () => {
  const whole = await train();
  const weights = whole.model.getWeights().map((w) => [...w.dataSync()]);
  const random = new RandomState(8);
  for (let trial = 0; trial < 6; trial++) {
    let resume: TrainingState | undefined, sittings = 0, history;
    while (!history) {
      const stopAt = sittings++ < 3 ? random.integer(11) : Infinity; // three stops at most
      const controller = new AbortController();
      let batches = 0;
      const model = smallModel(77); // other weights: the state must bring all
      model.layers.forEach((layer, i) => { // but its own dropout streams
        Object.assign(
          layer,
          "seed" in layer ? { seed: (whole.model.layers[i] as never)["seed"] } : {},
        );
      });
      const onBatch = () => {
        if (batches++ === stopAt) controller.abort();
      };
      const save = (state: TrainingState) => Promise.resolve(void (resume = state));
      try {
        const fresh = resume ? model : smallModel(3);
        history = await fit(fresh, DATA, {
          ...OPTIONS,
          resume,
          signal: controller.signal,
          onBatch,
          save,
        });
        deepStrictEqual(fresh.getWeights().map((w) => [...w.dataSync()]), weights);
      } catch (error) {
        ok(error instanceof TrainingInterrupted, String(error));
        strictEqual(error.epoch, resume?.epoch ?? 0);
      }
    }
    deepStrictEqual(numbersOf(history), numbersOf(whole.history));
  }
});

Deno.test("fit() stopped before the first batch tells so and saves nothing", async () => {
  let saved = false;
  await rejects(
    train({ signal: AbortSignal.abort(), save: () => Promise.resolve(void (saved = true)) }),
    { name: "TrainingInterrupted", message: /^Training stopped after 0 of 6 epochs: / },
  );
  strictEqual(saved, false);
});

Deno.test("fit() saves when due, and not a state that is still changing", async () => {
  const states: TrainingState[] = [];
  await train({ saveEvery: 0, save: (state) => Promise.resolve(void states.push(state)) });
  deepStrictEqual(states.map(({ epoch }) => epoch), [1, 2, 3, 4, 5, 6]);
  deepStrictEqual(states.map(({ adam }) => adam.step), [3, 6, 9, 12, 15, 18]);
  deepStrictEqual(states.map(({ history }) => history.loss.length), [1, 2, 3, 4, 5, 6]);
  const kernels = states.map(({ weights }) => weights[0].join());
  strictEqual(new Set(kernels).size, 6);
  const rare: number[] = [];
  await train({ saveEvery: 1000, save: (state) => Promise.resolve(void rare.push(state.epoch)) });
  deepStrictEqual(rare, []);
});

Deno.test("fit() reports batches and epochs", async () => {
  const batches: BatchReport[] = [], epochs: EpochReport[] = [];
  const { history } = await train({
    onBatch: (report) => void batches.push(report),
    onEpoch: (report) => void epochs.push({ ...report }),
  });
  strictEqual(batches.length, 6 * 3); // 40 examples are batches of 16, 16 and 8
  deepStrictEqual(batches.slice(2, 4).map(({ epoch, batch, batches }) => [epoch, batch, batches]), [
    [1, 3, 3],
    [2, 1, 3],
  ]);
  deepStrictEqual(epochs.map(({ epoch }) => epoch), [1, 2, 3, 4, 5, 6]);
  deepStrictEqual(epochs.map(({ learningRate }) => learningRate), [.01, .01, .01, .01, .001, .001]);
  deepStrictEqual(epochs.map(({ loss }) => loss), history.loss);
  strictEqual(batches[5].loss, history.loss[1]); // the last batch's running mean is the epoch's
  strictEqual(epochs[5].secondsLeft, 0);
  ok(batches.every(({ secondsLeft }) => secondsLeft >= 0));
});

Deno.test("fit() lets timers run and stops soon after an abort from one", async () => {
  const controller = new AbortController();
  const start = performance.now();
  setTimeout(() => controller.abort(), 150);
  await rejects(train({ epochs: 100_000, signal: controller.signal }), TrainingInterrupted);
  ok(performance.now() - start < 5000); // 150 ms, one batch, and a slow machine
});

Deno.test("fit() leaves no tensor behind, finished or stopped", async () => {
  const model = smallModel(1);
  const before = tf.memory().numTensors;
  await fit(model, DATA, { ...OPTIONS, epochs: 2, saveEvery: 0, save: () => Promise.resolve() });
  strictEqual(tf.memory().numTensors, before);
  const controller = new AbortController();
  const onBatch = ({ epoch, batch }: BatchReport) => {
    if (epoch === 2 && batch === 2) controller.abort();
  };
  await rejects(fit(model, DATA, { ...OPTIONS, signal: controller.signal, onBatch }));
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("fit() stops at a loss that is not finite and says where and what to try", async () => {
  const x = tf.tensor3d(Array.from(DATA.train.x.dataSync(), (v, i) => i === 0 ? NaN : v), [
    40,
    6,
    3,
  ]);
  const before = tf.memory().numTensors;
  const model = smallModel(1);
  await rejects(fit(model, { train: { ...DATA.train, x }, test: DATA.test }, OPTIONS), {
    name: "RangeError",
    message:
      /expected a finite loss, received NaN or infinity in epoch 1, batch [123]; .* lower the learning rate \(now 0\.01\)/,
  });
  model.dispose();
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("fit() refuses examples that do not fit the model", async () => {
  const model = smallModel(1);
  const fits = (train: Partial<typeof DATA.train>) =>
    fit(model, { train: { ...DATA.train, ...train }, test: DATA.test }, OPTIONS);
  await rejects(fits({ x: tf.zeros([40, 5, 3]) }), {
    name: "RangeError",
    message: /expected examples \[n > 0, 6,3\] and n labels, received \[40,5,3\] and 40 labels/,
  });
  await rejects(fits({ labels: new Int32Array(39) }), /received \[40,6,3\] and 39 labels/);
  await rejects(fits({ labels: new Int32Array(40).fill(3) }), /labels in \[0, 3\), received 3/);
});
