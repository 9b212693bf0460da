import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { lstmStep, lstmSteps, type LstmWeights } from "ser/layers/lstm_step.ts";
import { lstmLayerStates } from "ser/models/hidden_states.ts";
import { RandomState } from "ser/support/random.ts";
import { draw, type Packed, readCases, unpack } from "../fixtures/keras/read.ts";

await loadBackend();

const PENCIL: LstmWeights = {
  kernel: [[0, 4, 2, 0]],
  recurrentKernel: [[0, 0, 0, 0]],
  bias: [0, 1, 0, 0],
};

/** Input and weights of the Keras fixture: 3 sequences of 7 frames, 5 features, 4 units. */
function kerasCase(seed: number): { x: number[][][]; weights: LstmWeights } {
  const numbers = new RandomState(seed);
  const take = (...shape: number[]) => {
    const tensor = draw(numbers, shape, (u) => 2 * u - 1);
    const values = tensor.arraySync();
    tensor.dispose();
    return values;
  };
  const x = take(3, 7, 5) as number[][][];
  const kernel = take(5, 16) as number[][], recurrentKernel = take(4, 16) as number[][];
  return { x, weights: { kernel, recurrentKernel, bias: take(16) as number[] } };
}

Deno.test("lstmSteps() equals Keras's layer, state by state", async () => {
  const [{ seed, output }] = (await readCases<
    { returnSequences: boolean; seed: number; output: Packed }
  >("lstm_layer.json")).filter(({ returnSequences }) => returnSequences);
  const { x, weights } = kerasCase(seed);
  const states = x.flatMap((frames) => lstmSteps(frames, weights).flatMap(({ hidden }) => hidden));
  const keras = unpack(output);
  deepStrictEqual(states.length, keras.length);
  states.forEach((h, i) => ok(Math.abs(h - keras[i]) < 1e-6, `state ${i}`)); // Keras has float32
});

Deno.test("lstmSteps() of one unit by hand: written, kept, wiped and overwritten", () => {
  const steps = lstmSteps([[1], [0], [-1]], PENCIL);
  const values = steps.map(({ input, forget, candidate, output, cell, hidden }) =>
    [input, forget, candidate, output, cell, hidden].map(([value]) => value.toFixed(3))
  );
  deepStrictEqual(values, [ // by a pocket calculator
    ["0.500", "0.993", "0.964", "0.500", "0.482", "0.224"],
    ["0.500", "0.731", "0.000", "0.500", "0.352", "0.169"],
    ["0.500", "0.047", "-0.964", "0.500", "-0.465", "-0.217"],
  ]);
});

Deno.test("lstmStep() takes the state before into every gate", () => {
  const weights = { kernel: [[0, 0, 0, 0]], recurrentKernel: [[1, 2, 3, 4]], bias: [0, 0, 0, 0] };
  const { input, forget, candidate, output } = lstmStep([0], { hidden: [0.5], cell: [0] }, weights);
  const sigmoid = (x: number) => 0.5 + Math.tanh(x / 2) / 2;
  const expected = [sigmoid(0.5), sigmoid(1), Math.tanh(1.5), sigmoid(2)];
  [input, forget, candidate, output].forEach(([gate], i) =>
    ok(Math.abs(gate - expected[i]) < 1e-15)
  );
});

Deno.test("lstmLayerStates() equals the plain steps, and leaks no tensor", () => {
  const { x: [frames], weights } = kerasCase(3);
  lstmLayerStates(frames, weights); // makes what is kept for 7 frames
  const before = tf.memory().numTensors;
  const states = lstmLayerStates(frames, weights);
  deepStrictEqual(tf.memory().numTensors, before);
  const plain = lstmSteps(frames, weights);
  states.forEach((row, t) => row.forEach((h, k) => ok(Math.abs(h - plain[t].hidden[k]) < 1e-6)) // float32
  );
});

Deno.test("lstmStep() says which sizes do not fit", () => {
  throws(() => lstmStep([1, 2], { hidden: [0], cell: [0] }, PENCIL), {
    name: "RangeError",
    message: "Cannot step the LSTM: expected a kernel [2, 4], a recurrent kernel [1, 4] and a " +
      "bias [4] for 2 features and 1 units, received [1, 4], [1, 4] and [4]",
  });
});
