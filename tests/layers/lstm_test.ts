import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, notDeepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { LSTM, type LSTMArgs } from "ser/layers/lstm.ts";
import { RandomState } from "ser/support/random.ts";
import { assertNear, draw, type Packed, readCases } from "../fixtures/keras/read.ts";

await loadBackend();

interface Case {
  returnSequences: boolean;
  seed: number;
  output: Packed;
  gradients: Packed[];
}

const signed = (u: number) => 2 * u - 1;
const random = (seed: number, ...shape: number[]) => draw(new RandomState(seed), shape, signed);

/** A built layer. */
function lstm(features: number, args: Partial<LSTMArgs> = {}): LSTM {
  const layer = new LSTM({ units: 4, seed: 1, ...args });
  layer.build([null, 7, features]);
  return layer;
}

const apply = (layer: LSTM, x: tf.Tensor) => layer.apply(x) as tf.Tensor;

for (
  const { returnSequences, seed, output, gradients } of await readCases<Case>("lstm_layer.json")
) {
  const states = returnSequences ? "all states" : "the last state";

  Deno.test(`LSTM equals Keras, forward and all gradients: ${states}`, () =>
    void tf.tidy(() => {
      const numbers = new RandomState(seed);
      const x = draw(numbers, [3, 7, 5], signed);
      const layer = lstm(5, { returnSequences });
      layer.setWeights(layer.weights.map((w) => draw(numbers, w.shape as number[], signed)));
      const dOutput = draw(numbers, output.shape, signed);
      assertNear(apply(layer, x), output, 1e-5, "output"); // the bound; seen is 1e-7
      const loss = (x: tf.Tensor) => apply(layer, x).mul(dOutput).sum() as tf.Scalar;
      const { grads } = tf.variableGrads(() => loss(x));
      const ofWeights = layer.weights.map((w) => grads[w.name]);
      [tf.grad(loss)(x), ...ofWeights].forEach((gradient, i) =>
        assertNear(gradient, gradients[i], 1e-5, `gradient ${i}`)
      );
    }));
}

Deno.test("LSTM starts as Keras does: Glorot uniform, orthogonal, forget gate open", () =>
  void tf.tidy(() => {
    const layer = lstm(30, { units: 20 });
    deepStrictEqual(layer.weights.map((w) => w.originalName), [
      "kernel",
      "recurrent_kernel",
      "bias",
    ]);
    const [kernel, recurrent, bias] = layer.getWeights();
    const limit = Math.sqrt(6 / (30 + 80));
    const largest = kernel.abs().max().dataSync()[0];
    ok(largest < limit && largest > 0.98 * limit); // 2400 draws
    const product = recurrent.matMul(recurrent, false, true);
    ok(product.sub(tf.eye(20)).abs().max().dataSync()[0] < 1e-6); // float32, 80 terms
    deepStrictEqual(
      bias.arraySync(),
      Array.from({ length: 80 }, (_, i) => i >= 20 && i < 40 ? 1 : 0),
    );
  }));

Deno.test("LSTM starts from weights that depend on its seed only, each from a stream of its own", () => {
  const start = (seed: number) => lstm(4, { seed }).getWeights().map((w) => w.dataSync());
  deepStrictEqual(start(1), start(1));
  notDeepStrictEqual(start(1)[0], start(2)[0]);
  notDeepStrictEqual(start(1)[1], start(2)[1]);
});

Deno.test("LSTM returns the last of all states, whatever comes before in the batch", () =>
  void tf.tidy(() => {
    const all = lstm(3, { returnSequences: true }), last = lstm(3);
    const x = random(2, 2, 7, 3);
    const states = apply(all, x);
    deepStrictEqual(
      states.slice([0, 6, 0], [2, 1, 4]).squeeze([1]).arraySync(),
      apply(last, x).arraySync(),
    );
    const alone = apply(last, x.slice([1, 0, 0], [1, 7, 3]));
    const difference = alone.sub(apply(last, x).slice([1, 0], [1, 4]));
    ok(difference.abs().max().dataSync()[0] < 1e-6); // float32
  }));

Deno.test("LSTM directly behind a model's input has the gradients that it has alone", () => {
  const input = tf.input({ shape: [7, 3] });
  const layer = new LSTM({ units: 4, seed: 1 });
  const model = tf.model({ inputs: input, outputs: layer.apply(input) as tf.SymbolicTensor });
  tf.tidy(() => {
    const x = random(5, 9, 7, 3), alone = lstm(3);
    alone.setWeights(layer.getWeights());
    const gradients = [model, alone].map((part) => {
      const { grads } = tf.variableGrads(() => (part.apply(x) as tf.Tensor).square().sum());
      return part.weights.map((w) => grads[w.name].dataSync());
    });
    deepStrictEqual(gradients[0], gradients[1]);
  });
  model.dispose();
});

Deno.test("LSTM leaks no tensor, with gradients or without", () => {
  const layer = lstm(3);
  const x = random(3, 2, 7, 3);
  apply(layer, x).dispose(); // makes what is kept for 7 frames
  const before = tf.memory().numTensors;
  apply(layer, x).dispose();
  tf.dispose(tf.variableGrads(() => apply(layer, x).sum()));
  tf.dispose(tf.grad((x) => apply(layer, x).sum())(x));
  strictEqual(tf.memory().numTensors, before);
  x.dispose();
});

Deno.test("LSTM in a model made anew from its description is the same layer", async () => {
  const input = tf.input({ shape: [7, 3] });
  const layer = new LSTM({ name: "lstm", units: 4, returnSequences: true, seed: 9 });
  const model = tf.model({ inputs: input, outputs: layer.apply(input) as tf.SymbolicTensor });
  const copy = await tf.models.modelFromJSON(model.toJSON(null, false) as never);
  const { units, returnSequences, seed } = copy.getLayer("lstm") as LSTM;
  deepStrictEqual({ units, returnSequences, seed }, { units: 4, returnSequences: true, seed: 9 });
  deepStrictEqual(copy.outputs[0].shape, [null, 7, 4]);
  const x = random(4, 2, 7, 3);
  const predict = (model: tf.LayersModel) =>
    tf.tidy(() => (model.predict(x) as tf.Tensor).dataSync());
  deepStrictEqual(predict(copy), predict(model)); // same seed
  tf.dispose(x);
  model.dispose();
  copy.dispose();
});

Deno.test("LSTM takes Keras's description and refuses settings that it does not compute", () => {
  const keras = {
    units: 4,
    activation: "tanh",
    recurrentActivation: "sigmoid",
    useBias: true,
    unitForgetBias: true,
    dropout: 0,
    goBackwards: false,
  };
  strictEqual(new LSTM(keras).units, 4);
  const other = tf.layers.lstm({ units: 4 }).getConfig(); // whose gates are hard sigmoids
  throws(() => new LSTM(other as never), {
    name: "RangeError",
    message: "Cannot make LSTM: expected recurrentActivation sigmoid, received hardSigmoid",
  });
  throws(() => new LSTM({ ...keras, goBackwards: true } as LSTMArgs), {
    name: "RangeError",
    message: "Cannot make LSTM: expected goBackwards false, received true",
  });
});

Deno.test("LSTM names what it expected and what came", () => {
  throws(() => new LSTM({ name: "lstm_1", units: 4 }).apply(tf.ones([32, 128])), {
    name: "TypeError",
    message:
      'Cannot apply LSTM "lstm_1": expected input [batch, time, features], received [32, 128]',
  });
  throws(() => new LSTM({ units: 0 }), {
    name: "RangeError",
    message: "Cannot make LSTM: expected units >= 1, received 0",
  });
  throws(() => new LSTM({ units: 4, seed: -1 }), {
    name: "RangeError",
    message: "Cannot make LSTM: expected a seed in [0, 2^31), received -1",
  });
  const input = tf.input({ shape: [7, 3] });
  const masked = tf.layers.masking().apply(input) as tf.SymbolicTensor;
  const states = new LSTM({ name: "lstm_2", units: 4 }).apply(masked) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: states });
  throws(() => model.predict(tf.ones([1, 7, 3])), {
    name: "TypeError",
    message: 'Cannot apply LSTM "lstm_2": expected no mask, received one',
  });
  model.dispose();
});
