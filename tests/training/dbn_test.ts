import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, notDeepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { loadBackend } from "ser/backend/load.ts";
import { loadDataset } from "ser/corpora/dataset.ts";
import { corpusPlaces, findCorpus } from "ser/corpora/find.ts";
import type { CorpusName } from "ser/corpora/types.ts";
import { DBN } from "ser/dbn/dbn.ts";
import { dbnNetwork } from "ser/dbn/network.ts";
import { fitScaling, type ScalingKind } from "ser/features/scaling.ts";
import { compiledAllowed } from "ser/support/compiled.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { RandomState } from "ser/support/random.ts";
import { trainDbn, type TrainDbnOptions } from "ser/training/dbn.ts";
import type { EpochReport, FitData } from "ser/training/fit.ts";
import { score } from "ser/layers/loss.ts";
import { predictProbabilities } from "ser/training/predict.ts";
import { numbersOf } from "./small.ts";

await loadBackend();

const FEATURES = 4, CLASSES = 2;

/** Features in [0, 1], larger on one half for each class. */
function examples(n: number, seed: number) {
  const random = new RandomState(seed);
  const labels = Int32Array.from({ length: n }, (_, i) => i % CLASSES);
  const values = Float32Array.from({ length: n * FEATURES }, (_, i) => {
    const high = Math.floor(i % FEATURES / 2) === labels[Math.floor(i / FEATURES)];
    return 0.5 * random.uniform() + (high ? 0.5 : 0);
  });
  return { x: tf.tensor2d(values, [n, FEATURES]), labels };
}

const DATA: FitData = { train: examples(44, 1), test: examples(11, 2) };
const OPTIONS: TrainDbnOptions = {
  seed: 3,
  epochs: 40,
  batchSize: 8,
  learningRate: 0.1,
  pretrainingEpochs: 10,
  pretrainingRate: 0.1,
};

const smallNetwork = () =>
  dbnNetwork({ coefficients: FEATURES, classes: CLASSES, hidden: [16, 16] });

async function train(options: TrainDbnOptions = {}) {
  const model = smallNetwork();
  const history = await trainDbn(model, DATA, { ...OPTIONS, ...options });
  return { model, history, reconstructionError: history.reconstructionError! };
}

for (const variant of ["numpy", "tensorflow"] as const) {
  Deno.test(`trainDbn() learns, and the model is what the history says (${variant})`, async () => {
    const { model, history, reconstructionError } = await train({ variant });
    strictEqual(history.testAccuracy[39], 1);
    ok(history.loss[39] < 0.7 * history.loss[0], `${history.loss[0]} to ${history.loss[39]}`);
    deepStrictEqual(reconstructionError.map((errors) => errors.length), [10, 10]);
    ok(reconstructionError.every((errors) => errors[9] < errors[0]));
    const { x, labels } = DATA.test;
    const { loss, correct } = score(await predictProbabilities(model, x), labels);
    // the model and the network multiply in another order, in float32
    ok(Math.abs(loss / labels.length - history.testLoss[39]) < 1e-5);
    strictEqual(correct / labels.length, history.testAccuracy[39]);
  });
}

Deno.test("trainDbn() repeats itself with the same seed and not with another", async () => {
  const first = await train(), again = await train(), other = await train({ seed: 4 });
  deepStrictEqual(numbersOf(again.history), numbersOf(first.history));
  deepStrictEqual(again.reconstructionError, first.reconstructionError);
  notDeepStrictEqual(numbersOf(other.history), numbersOf(first.history));
});

Deno.test("trainDbn() reports epochs", async () => {
  const epochs: EpochReport[] = [];
  const { history } = await train({
    epochs: 2,
    onEpoch: (report) => void epochs.push({ ...report, history: structuredClone(report.history) }),
  });
  deepStrictEqual(epochs.map(({ epoch, epochs, loss }) => [epoch, epochs, loss]), [
    [1, 2, history.loss[0]],
    [2, 2, history.loss[1]],
  ]);
  deepStrictEqual(epochs[1].history, history);
  strictEqual(epochs[1].secondsLeft, 0);
  ok(epochs.every(({ secondsLeft }) => secondsLeft >= 0 && secondsLeft < 60));
});

Deno.test("trainDbn() stops at its signal, leaves the model alone and leaks nothing", async () => {
  const model = smallNetwork();
  const before = tf.memory().numTensors;
  for (const phase of ["onPretrainEpoch", "onEpoch", "before"] as const) {
    const stop = new AbortController();
    if (phase === "before") stop.abort();
    const abortAt2 = ({ epoch }: { epoch: number }) => {
      if (epoch === 2) stop.abort();
    };
    const options = { ...OPTIONS, signal: stop.signal, [phase]: abortAt2 };
    await rejects(trainDbn(model, DATA, options), {
      name: "TrainingInterrupted",
      message: `Training stopped after ${
        phase === "onEpoch" ? 2 : 0
      } of 40 epochs: train again to start over`,
    });
  }
  ok(model.getWeights().every((weight) => weight.dataSync().every((value) => value === 0)));
  strictEqual(tf.memory().numTensors, before);
  await trainDbn(model, DATA, { ...OPTIONS, epochs: 2 });
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("trainDbn() names what it cannot use", async () => {
  const message = "Cannot train the DBN: expected";
  for (
    const [options, text] of [
      [{ epochs: 0 }, "epochs to be a whole number >= 1, received 0"],
      [{ batchSize: 1.5 }, "batchSize to be a whole number >= 1, received 1.5"],
      [{ pretrainingEpochs: -1 }, "pretrainingEpochs to be a whole number >= 0, received -1"],
      [{ learningRate: 0 }, "learningRate > 0, received 0"],
      [{ pretrainingRate: NaN }, "pretrainingRate > 0, received NaN"],
    ] as const
  ) {
    await rejects(train(options), { name: "RangeError", message: `${message} ${text}` });
  }
  const wide = dbnNetwork({ coefficients: FEATURES + 1, classes: CLASSES });
  await rejects(trainDbn(wide, DATA), { name: "TypeError", message: /expected data \[n > 0, 5\]/ });
});

/** Time-averaged MFCCs of a corpus, scaled by all of them. */
async function means(name: CorpusName, root: string | undefined, kind: ScalingKind) {
  const { means, labels, coefficients } = await loadDataset(name, { root });
  const scaled = fitScaling(means, coefficients, kind)(means);
  return { x: tf.tensor2d(scaled, [labels.length, coefficients]), labels };
}

// what follows takes minutes step by step
const slow = !compiledAllowed() ? " (left out without kernels)" : "";

Deno.test(`trainDbn() on real speech needs scaled features, and says so${slow}`, {
  ignore: slow !== "",
}, async () => {
  const raw = await means("emodb", undefined, "raw");
  const model = dbnNetwork({ classes: 7 });
  await rejects(trainDbn(model, { train: raw, test: raw }), {
    name: "RangeError",
    // either the machine diverges, or all its units die and the network above it diverges
    message:
      /expected a finite (reconstruction error|loss), .*scale every feature to \[0, 1\] \(min-max/,
  });
  const scaled = await means("emodb", undefined, "minmax");
  const { reconstructionError } = await trainDbn(model, { train: scaled, test: scaled }, {
    epochs: 1,
  });
  // 188 utterances are few for 50 epochs; still each machine learns to repeat its input
  ok(reconstructionError!.every((errors) => errors[49] < errors[0] / 3));
});

const places = [...corpusPlaces(), join(PROJECT_ROOT, "..", "shared", "corpora")];
const root = await findCorpus("ravdess", { places });
Deno.test({
  name: `DBN repeats the time-averaged MFCCs of RAVDESS as well as the package does${
    root ? slow : ` (left out: not in ${places.join(", ")})`
  }`,
  ignore: root === undefined || slow !== "",
  fn: async () => {
    const { x } = await means("ravdess", root, "minmax");
    const dbn = new DBN(40, 8);
    const errors = (await dbn.pretrain(x)).map((layer) => layer[49]);
    // a NumPy port of the package gives, with four seeds, 0.428 to 0.449, 0.154 to 0.164 and
    // 0.031 to 0.036 for the same 1440 examples; the bounds are half as wide again on each side
    const bounds = [[0.417, 0.46], [0.149, 0.169], [0.0285, 0.0385]];
    bounds.forEach(([least, most], i) => ok(errors[i] > least && errors[i] < most, `${errors}`));
    dbn.dispose();
    x.dispose();
  },
});
