import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { chainPass } from "ser/layers/chain.ts";
import { setDropoutStep } from "ser/layers/dropout.ts";
import { sparseCategoricalCrossentropy } from "ser/layers/loss.ts";
import { cnn } from "ser/models/cnn.ts";
import { cnnAttention } from "ser/models/cnn_attention.ts";
import { lstmAttention } from "ser/models/lstm_attention.ts";
import { sdnn } from "ser/models/sdnn.ts";
import { RandomState } from "ser/support/random.ts";
import { assertClose } from "../backend/close.ts";
import { draw } from "../fixtures/keras/read.ts";

await loadBackend();

const SEQUENCES = { frames: 30, classes: 3, coefficients: 5, seed: 1 };
const MODELS: Record<string, () => tf.LayersModel> = {
  "CNN": () => cnn(SEQUENCES),
  "CNN with LeakyReLU and zero padding": () =>
    cnn({ ...SEQUENCES, activation: "leaky-relu", padding: "same" }),
  "CNN-ATN": () => cnnAttention(SEQUENCES),
  "CNN-ATN without dropout": () => cnnAttention({ ...SEQUENCES, dropoutLayers: 0 }),
  "CNN-ATN with masking, which is no chain": () => cnnAttention({ ...SEQUENCES, masking: true }),
  "LSTM-ATN": () => lstmAttention(SEQUENCES),
  "SDNN": () => sdnn({ classes: 3, coefficients: 5, seed: 1 }),
};

for (const [name, make] of Object.entries(MODELS)) {
  Deno.test(`chainPass() equals the model's own pass, with gradients and moving statistics: ${name}`, () => {
    // draws of the same weights and masks, once through each pass
    const run = (passOf: (model: tf.LayersModel) => (x: tf.Tensor) => tf.Tensor) => {
      const model = make();
      setDropoutStep(model, 4);
      const x = draw(
        new RandomState(5),
        [6, ...model.inputs[0].shape.slice(1) as number[]],
        (u) => 2 * u - 1,
      );
      const labels = tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"), pass = passOf(model);
      let probabilities!: tf.Tensor;
      const { grads } = tf.variableGrads(() => {
        probabilities = tf.keep(pass(x));
        return sparseCategoricalCrossentropy(probabilities as tf.Tensor2D, labels);
      });
      const gradients = model.trainableWeights.map((w) => grads[(w.read() as tf.Variable).name]);
      const moving = model.nonTrainableWeights.map((w) => w.read());
      return [probabilities, ...gradients, ...moving];
    };
    tf.tidy(() => {
      const expected = run((model) => (x) => model.apply(x, { training: true }) as tf.Tensor);
      const received = run((model) => chainPass(model, { training: true }));
      strictEqual(received.length, expected.length);
      received.forEach((tensor, i) => assertClose(tensor, expected[i], `tensor ${i}`));
    });
  });
}

for (const [name, make] of Object.entries(MODELS)) {
  Deno.test(`chainPass() without training equals model.predict: ${name}`, () =>
    void tf.tidy(() => {
      const model = make();
      const x = draw(new RandomState(6), [4, ...model.inputs[0].shape.slice(1) as number[]], (u) =>
        u);
      assertClose(chainPass(model)(x), model.predict(x) as tf.Tensor);
    }));
}

Deno.test("chainPass() takes new masks with each dropout step", () => {
  const model = cnnAttention(SEQUENCES),
    pass = chainPass(model, { training: true }),
    x = tf.ones([1, 30, 5]);
  const at = (step: number) => {
    setDropoutStep(model, step);
    return tf.tidy(() => [...pass(x).dataSync()]);
  };
  const first = at(1), second = at(2);
  strictEqual(first.every((p, i) => p === second[i]), false);
  deepStrictEqual(at(1), first);
});
