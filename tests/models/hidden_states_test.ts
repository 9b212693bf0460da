import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, notDeepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { cnn } from "ser/models/cnn.ts";
import { hiddenStates, utteranceStates } from "ser/models/hidden_states.ts";
import { lstm } from "ser/models/lstm.ts";
import { lstmAttention } from "ser/models/lstm_attention.ts";
import { RandomState } from "ser/support/random.ts";
import { draw } from "../fixtures/keras/read.ts";

await loadBackend();

const FRAMES = 9;
const random = (seed: number) =>
  draw(new RandomState(seed), [2, FRAMES, 40], (u) => 2 * u - 1) as tf.Tensor3D;

/** What the layer called lstm_2 puts out inside the model. */
const layerInside = (model: tf.LayersModel, x: tf.Tensor): unknown =>
  tf.tidy(() => {
    const part = tf.model({ inputs: model.inputs, outputs: model.getLayer("lstm_2").output });
    return (part.predict(x) as tf.Tensor).arraySync();
  });

Deno.test("hiddenStates() of lstmAttention() are what its second LSTM layer puts out", () => {
  const model = lstmAttention({ frames: FRAMES, classes: 3, seed: 1 });
  const x = random(2);
  deepStrictEqual(tf.tidy(() => hiddenStates(model, x).arraySync()), layerInside(model, x));
  x.dispose();
  model.dispose();
});

Deno.test("hiddenStates() of lstm() end with the state that the softmax reads; nothing leaks", () => {
  const model = lstm({ frames: FRAMES, classes: 3, seed: 1 });
  const x = random(2);
  layerInside(model, x); // makes what is kept for 9 frames
  const before = tf.memory().numTensors;
  const states = hiddenStates(model, x);
  strictEqual(tf.memory().numTensors, before + 1);
  deepStrictEqual(states.shape, [2, FRAMES, 50]);
  const last = tf.tidy(() => states.slice([0, FRAMES - 1, 0], [2, 1, 50]).squeeze([1]).arraySync());
  deepStrictEqual(last, layerInside(model, x));
  tf.dispose([x, states]);
  model.dispose();
});

Deno.test("utteranceStates() hear nothing of later frames, and something of earlier ones", () => {
  const model = lstm({ frames: FRAMES, classes: 3, seed: 1 });
  const data = Float32Array.from({ length: 7 * 40 }, (_, i) => Math.sin(i));
  const changed = data.slice();
  changed[3 * 40] += 1; // frame 3, and another length than the model's
  const [one, other] = [data, changed].map((data) =>
    utteranceStates(model, { data, rows: 7, columns: 40 })
  );
  deepStrictEqual(one.slice(0, 3), other.slice(0, 3));
  for (let t = 3; t < 7; t++) notDeepStrictEqual(one[t], other[t]);
  ok(one.flat().every((h) => Math.abs(h) < 1));
  model.dispose();
});

Deno.test("hiddenStates() names a model without memory", () => {
  const model = cnn({ frames: 30, classes: 3, seed: 0 });
  throws(() => hiddenStates(model, tf.zeros([1, 30, 40])), {
    name: "TypeError",
    message:
      'Cannot read hidden states: expected a model with an LSTM layer, received "cnn" without one',
  });
  model.dispose();
});
