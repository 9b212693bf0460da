import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { DBN, type FineTuneEpoch, type PretrainEpoch } from "ser/dbn/dbn.ts";
import { near, readFixture, replay, tensorOf } from "./replay.ts";

await loadBackend();

/**
 * NumPy computes in float64, we in float32: roundings of 2^-24 = 6e-8 of values of order 1, in 36 steps
 * of each machine and 36 of back-propagation. They would add up to 4e-6 if all went one way.
 */
const TOLERANCE = 4e-6;

for (const variant of ["numpy", "tensorflow"] as const) {
  Deno.test(`DBN equals the ${variant} algorithm in NumPy, given the same random numbers`, async () => {
    const fixture = await readFixture(variant);
    const { hidden, classes, batchSize, dropout, pretraining, fineTuning } = fixture.settings;
    const x = tensorOf(fixture.x) as tf.Tensor2D, labels = Int32Array.from(fixture.labels);
    const draws = replay(fixture.draws);
    const before = tf.memory().numTensors;
    const dbn = new DBN(x.shape[1], classes, { hidden, dropout, variant, draws });

    const { epochs, rate } = pretraining;
    const errors = await dbn.pretrain(x, { epochs, learningRate: rate, batchSize });
    near(errors.flat(), fixture.reconstructionError.flat(), TOLERANCE, "reconstruction errors");
    fixture.rbms.forEach(({ W, b, c }, i) => {
      near(dbn.rbms[i].W.dataSync(), W.flat(), TOLERANCE, `W ${i}`);
      near(dbn.rbms[i].b.dataSync(), b, TOLERANCE, `b ${i}`);
      near(dbn.rbms[i].c.dataSync(), c, TOLERANCE, `c ${i}`);
    });

    const accuracies: number[] = [];
    const losses = await dbn.fineTune(x, labels, {
      epochs: fineTuning.epochs,
      learningRate: fineTuning.rate,
      batchSize,
      onEpoch: ({ accuracy }) => void accuracies.push(accuracy),
    });
    strictEqual(draws.left(), 0);
    near(losses, fixture.losses, TOLERANCE, "losses");
    deepStrictEqual(accuracies, fixture.accuracies);
    near(await dbn.predict(x), fixture.probabilities.flat(), TOLERANCE, "probabilities");
    const network = dbn.network();
    fixture.network.forEach(({ W, b }, i) => {
      near(network[i].W.dataSync(), W.flat(), TOLERANCE, `network W ${i}`);
      near(network[i].b.dataSync(), b, TOLERANCE, `network b ${i}`);
    });
    tf.dispose(network.map(({ W, b }) => [W, b]));
    dbn.dispose();
    strictEqual(tf.memory().numTensors, before);
  });
}

const X = tf.randomUniform([20, 5], 0, 1, "float32", 4) as tf.Tensor2D;
const LABELS = Int32Array.from({ length: 20 }, (_, i) => i % 2);

Deno.test("DBN reports each epoch of each machine and of fine-tuning", async () => {
  const dbn = new DBN(5, 2, { hidden: [4, 3] });
  const pretrained: PretrainEpoch[] = [], tuned: FineTuneEpoch[] = [];
  const onPretrainEpoch = (report: PretrainEpoch) => void pretrained.push(report);
  const errors = await dbn.pretrain(X, { epochs: 2, onPretrainEpoch });
  deepStrictEqual(
    pretrained.map(({ layer, layers, epoch, epochs }) => [layer, layers, epoch, epochs]),
    [[1, 2, 1, 2], [1, 2, 2, 2], [2, 2, 1, 2], [2, 2, 2, 2]],
  );
  deepStrictEqual(pretrained.map((report) => report.reconstructionError), errors.flat());
  const losses = await dbn.fineTune(X, LABELS, {
    epochs: 3,
    batchSize: 8,
    onEpoch: (report) => void tuned.push(report),
  });
  deepStrictEqual(tuned.map(({ epoch, epochs, loss }) => [epoch, epochs, loss]), [
    [1, 3, losses[0]],
    [2, 3, losses[1]],
    [3, 3, losses[2]],
  ]);
  dbn.dispose();
});

Deno.test("DBN fineTune() starts again from the machines each time", async () => {
  const dbn = new DBN(5, 2, { hidden: [4] });
  const before = tf.memory().numTensors, W = [...dbn.rbms[0].W.dataSync()];
  await dbn.fineTune(X, LABELS, { epochs: 2 });
  await dbn.fineTune(X, LABELS, { epochs: 2 });
  deepStrictEqual([...dbn.rbms[0].W.dataSync()], W);
  strictEqual(tf.memory().numTensors, before + 4); // one hidden and one softmax layer
  dbn.dispose();
});

Deno.test("DBN fineTune() says why it diverges", async () => {
  const dbn = new DBN(5, 2, { hidden: [4] });
  await rejects(dbn.fineTune(X, LABELS, { learningRate: 1e30 }), { // weight decay alone overflows
    name: "RangeError",
    message:
      /^Cannot go on fine-tuning the DBN: expected a finite loss, received NaN in epoch \d+; scale every feature to \[0, 1\] .* \(now 1e\+30\)$/,
  });
  dbn.dispose();
});

Deno.test("DBN names what it cannot use", async () => {
  const made = (options: object, classes = 2) => () => new DBN(5, classes, options);
  throws(made({ dropout: 1 }), {
    name: "RangeError",
    message: "Cannot make a DBN: expected a dropout in [0, 1), received 1",
  });
  throws(made({ hidden: [] }), {
    name: "RangeError",
    message:
      "Cannot make a DBN: expected at least one hidden layer and two classes, received 0 and 2",
  });
  throws(made({ hidden: [3] }, 1), /received 1 and 1$/);
  const dbn = new DBN(5, 2, { hidden: [4] });
  throws(() => dbn.network(), {
    message: "Cannot use the DBN: expected fineTune() before, received a network without it",
  });
  await rejects(dbn.fineTune(X, LABELS.slice(1)), {
    name: "TypeError",
    message:
      "Cannot fine-tune the DBN: expected examples [n > 0, 5] and n labels, received [20,5] and 19 labels",
  });
  await rejects(dbn.fineTune(X, LABELS.map((label) => 2 * label)), {
    name: "RangeError",
    message: "Cannot fine-tune the DBN: expected labels in [0, 2), received 2",
  });
  ok(dbn.rbms.length === 1);
  dbn.dispose();
});
