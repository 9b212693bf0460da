import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { buildModel, completeOptions, MODEL_NAMES, MODELS } from "ser/models/catalogue.ts";

await loadBackend();

/** Weights of each model by hand: layer after layer, RAVDESS then SAVEE. */
const dense = (from: number, to: number) => from * to + to;
const lstmLayer = (from: number, to: number) => 4 * (from * to + to * to + to);
const convolution = (kernel: number, from: number, to: number) => kernel * from * to + to + 4 * to;
const convolutions = convolution(9, 40, 64) + convolution(7, 64, 64) + convolution(5, 64, 32) +
  convolution(5, 32, 32) + convolution(3, 32, 16);
const lstms = lstmLayer(40, 100) + lstmLayer(100, 50);
const attention = (size: number) => size * size + 2 * size * 128;
const hidden = dense(40, 128) + 2 * dense(128, 128);

const BY_HAND = {
  dbn: [hidden + dense(128, 8), hidden + dense(128, 7)],
  sdnn: [8, 7].map((classes) => dense(1, 128) + dense(128, 64) + dense(40 * 64, classes)),
  lstm: [8, 7].map((classes) => lstms + dense(50, classes)),
  "lstm-attention": [8, 7].map((classes) => lstms + attention(50) + dense(128, classes)),
  cnn: [convolutions + dense(204 * 16, 8), convolutions + dense(284 * 16, 7)],
  "cnn-attention": [8, 7].map((classes) => convolutions + attention(16) + dense(128, classes)),
};

/** The counts that the paper's architectures give, for RAVDESS and SAVEE. */
const COUNTS = {
  dbn: [39_304, 39_175],
  sdnn: [29_000, 26_439],
  lstm: [87_008, 86_957],
  "lstm-attention": [102_932, 102_803],
  cnn: [95_768, 101_463],
  "cnn-attention": [75_032, 74_903],
};

const INPUTS = [
  { frames: 228, coefficients: 40, classes: 8 },
  { frames: 308, coefficients: 40, classes: 7 },
];

for (const name of MODEL_NAMES) {
  Deno.test(`buildModel() ${name} has the weights that a count by hand gives`, () => {
    const counted = INPUTS.map((input) => {
      const model = buildModel(name, input, completeOptions(name, {}), 0);
      const [shape, classes] = [model.inputs[0].shape, model.outputs[0].shape];
      strictEqual(shape[1], MODELS[name].input === "frames" ? input.frames : input.coefficients);
      deepStrictEqual(classes, [null, input.classes]);
      const count = model.countParams();
      model.dispose();
      return count;
    });
    deepStrictEqual(counted, BY_HAND[name]);
    deepStrictEqual(counted, COUNTS[name]);
  });
}

Deno.test("buildModel() cnn with zero padding keeps all frames to the end", () => {
  const options = completeOptions("cnn", { padding: "same", activation: "leaky-relu" });
  const model = buildModel("cnn", INPUTS[0], options, 0);
  deepStrictEqual(model.getLayer("leaky_relu_5").outputShape, [null, 228, 16]);
  strictEqual(model.getLayer("leaky_relu_1").getConfig().alpha, 0.01); // Keras's default is 0.3
  strictEqual(model.countParams(), convolutions + dense(228 * 16, 8));
  model.dispose();
});

Deno.test("buildModel() with the kernels of the text has the weights that a count by hand gives", () => {
  const text = convolution(9, 40, 64) + convolution(9, 64, 64) + convolution(7, 64, 32) +
    convolution(7, 32, 32) + convolution(5, 32, 16);
  const counts = (["cnn", "cnn-attention"] as const).map((name) => {
    const model = buildModel(name, INPUTS[0], completeOptions(name, { kernelSizes: "text" }), 0);
    const count = model.countParams();
    model.dispose();
    return count;
  });
  deepStrictEqual(counts, [
    text + dense(196 * 16, 8), // the paper's flatten has 3264 = 204 x 16 elements
    text + attention(16) + dense(128, 8),
  ]);
});
