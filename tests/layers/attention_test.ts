import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { attendTo } from "ser/layers/attend.ts";
import { Attention, type AttentionArgs, type AttentionScore } from "ser/layers/attention.ts";
import { RandomState } from "ser/support/random.ts";
import { assertNear, draw, type Packed, readCases } from "../fixtures/keras/read.ts";

await loadBackend();

interface Case {
  name: string;
  score: AttentionScore;
  seed: number;
  output: Packed;
  alpha: Packed;
  gradients: Packed[];
}

const signed = (u: number) => 2 * u - 1;
const random = (seed: number, ...shape: number[]) => draw(new RandomState(seed), shape, signed);

/** Output and attention weights of a layer with `returnWeights`. */
const apply = (layer: Attention, ...inputs: tf.Tensor[]) =>
  layer.apply(inputs.length === 1 ? inputs[0] : inputs) as [tf.Tensor2D, tf.Tensor2D];

/** A built layer that returns its weights. */
function attention(features: number, args: AttentionArgs = {}): Attention {
  const layer = new Attention({ units: 5, returnWeights: true, seed: 1, ...args });
  layer.build([null, 7, features]);
  return layer;
}

function assertClose(actual: tf.Tensor, expected: tf.Tensor, tolerance: number): void {
  deepStrictEqual(actual.shape, expected.shape);
  const worst = actual.sub(expected).abs().max().dataSync()[0];
  ok(worst <= tolerance, `off by ${worst}`);
}

for (const expected of await readCases<Case>("attention.json")) {
  Deno.test(`Attention equals Keras, forward and all gradients: ${expected.name}`, () =>
    void tf.tidy(() => {
      const numbers = new RandomState(expected.seed);
      const x = draw(numbers, [2, 7, 4], signed);
      const layer = attention(4, { score: expected.score });
      const weights = layer.weights.map((w) => draw(numbers, w.shape as number[], signed));
      if (expected.name.endsWith("W_s = I")) weights[0] = tf.eye(4);
      if (expected.name.endsWith("W_s = 0")) weights[0] = tf.zeros([4, 4]);
      layer.setWeights(weights);
      const dOutput = draw(numbers, [2, 5], signed);
      const [output, alpha] = apply(layer, x);
      assertNear(output, expected.output, 1e-5, "output"); // the bound
      assertNear(alpha, expected.alpha, 1e-5, "alpha");
      const loss = (x: tf.Tensor) => apply(layer, x)[0].mul(dOutput).sum() as tf.Scalar;
      const { grads } = tf.variableGrads(() => loss(x));
      const ofWeights = layer.weights.map((w) => grads[w.name]);
      [tf.grad(loss)(x), ...ofWeights].forEach((gradient, i) =>
        assertNear(gradient, expected.gradients[i], 1e-5, `gradient ${i}`)
      );
    }));
}

for (const score of ["general", "dot", "bahdanau"] as const) {
  Deno.test(`Attention, score ${score}: weights are positive and sum to 1, nothing leaks`, () => {
    const layer = attention(4, { score });
    const x = random(2, 3, 7, 4);
    const before = tf.memory().numTensors;
    const [output, alpha] = apply(layer, x);
    ok(alpha.min().dataSync()[0] > 0);
    for (const sum of alpha.sum(1).dataSync()) ok(Math.abs(sum - 1) < 1e-6); // float32, 7 terms
    ok(output.abs().max().dataSync()[0] <= 1); // tanh
    strictEqual(tf.memory().numTensors, before + 6); // two results, four of the lines above
  });

  Deno.test(`Attention, score ${score}: gradients equal finite differences`, () =>
    void tf.tidy(() => {
      const layer = attention(2, { score });
      const x = random(3, 1, 3, 2);
      const sum = (x: tf.Tensor) => apply(layer, x)[0].sum() as tf.Scalar;
      const gradient = tf.grad(sum)(x).dataSync();
      const step = 1e-2; // float32: smaller steps lose digits, larger ones curve
      const values = x.dataSync();
      gradient.forEach((slope: number, i: number) => {
        const at = (h: number) =>
          sum(tf.tensor(values.map((v, j) => j === i ? v + h : v), x.shape)).dataSync()[0];
        const difference = (at(step) - at(-step)) / (2 * step);
        ok(Math.abs(slope - difference) < 1e-3, `${i}: ${slope} and ${difference}`);
      });
    }));

  Deno.test(`Attention, score ${score}: order of the frames before the last does not matter`, () =>
    void tf.tidy(() => {
      const layer = attention(4, { score });
      const x = random(4, 2, 7, 4);
      const [output, alpha] = apply(layer, x);
      const order = [3, 1, 5, 0, 4, 2, 6];
      const [permuted, permutedAlpha] = apply(layer, x.gather(order, 1));
      assertClose(permuted, output, 1e-6);
      assertClose(permutedAlpha, alpha.gather(order, 1), 1e-6);
    }));
}

Deno.test("Attention equals the equations in plain numbers", () =>
  void tf.tidy(() => {
    const x = random(5, 1, 7, 4);
    const frames = x.squeeze([0]).arraySync() as number[][];
    for (const score of ["dot", "general"] as const) {
      const layer = attention(4, { score });
      const scoreWeights = layer.getWeights()[0].arraySync() as number[][];
      const { weights, context } = attendTo(frames, { score, scoreWeights });
      const parts = layer.attend(x as tf.Tensor3D);
      assertClose(parts.alpha, tf.tensor2d([weights]), 1e-6);
      assertClose(parts.context, tf.tensor2d([context]), 1e-6);
    }
  }));

Deno.test("Attention with W_s = I is the printed dot score, with W_s = 0 mean pooling", () =>
  void tf.tidy(() => {
    const x = random(6, 2, 7, 4);
    const general = attention(4), dot = attention(4, { score: "dot" });
    const [, outputWeights] = general.getWeights();
    dot.setWeights([outputWeights]);
    general.setWeights([tf.eye(4), outputWeights]);
    assertClose(apply(general, x)[0], apply(dot, x)[0], 1e-6);
    general.setWeights([tf.zeros([4, 4]), outputWeights]);
    const { alpha, context } = general.attend(x as tf.Tensor3D);
    assertClose(alpha, tf.fill([2, 7], 1 / 7), 1e-7);
    assertClose(context, x.mean(1), 1e-6);
  }));

Deno.test("Attention with masking gives what the unpadded utterance gives, on either side", () =>
  void tf.tidy(() => {
    const x = random(7, 2, 4, 3);
    for (const score of ["general", "dot", "bahdanau"] as const) {
      const layer = attention(3, { score, masking: true });
      const [output, alpha] = apply(layer, x);
      for (const [before, after] of [[3, 0], [0, 3], [2, 1]]) {
        const padded = x.pad([[0, 0], [before, after], [0, 0]]);
        const [masked, weights] = apply(layer, padded);
        assertClose(masked, output, 1e-6);
        assertClose(weights, alpha.pad([[0, 0], [before, after]]), 1e-6);
        const noise = padded.add(padded.equal(0).cast("float32").mul(9)); // padding is not read
        const mask = tf.ones([2, 4]).pad([[0, 0], [before, after]]);
        assertClose(apply(layer, noise, mask)[0], output, 1e-6);
      }
    }
  }));

Deno.test("Attention with masking obeys the mask of tf.layers.masking", () =>
  void tf.tidy(() => {
    const layer = new Attention({ units: 2, masking: true, seed: 1 });
    const model = tf.sequential({
      layers: [tf.layers.masking({ maskValue: 5, inputShape: [6, 3] }), layer],
    });
    const x = random(8, 1, 4, 3);
    const padded = x.pad([[0, 0], [0, 2], [0, 0]], 5);
    assertClose(model.apply(padded) as tf.Tensor, layer.apply(x) as tf.Tensor, 1e-6);
  }));

Deno.test("Attention with masking weighs all frames alike where the mask has no real one", () =>
  tf.tidy(() => {
    const frames = tf.tensor3d([[[1, -2, 3], [0.5, 4, -1], [2, 2, 2], [-3, 0, 1]]]);
    for (const score of ["general", "dot", "bahdanau"] as const) {
      const layer = attention(3, { score, masking: true });
      layer.apply([frames, tf.zeros([1, 4])]); // builds it
      const { alpha, context, last } = layer.attend(frames, tf.zeros([1, 4]));
      deepStrictEqual([...alpha.dataSync()], [0.25, 0.25, 0.25, 0.25], score);
      deepStrictEqual([...context.dataSync()], [0.125, 1, 1.25]); // the mean
      deepStrictEqual([...last.dataSync()], [-3, 0, 1]);
    }
  }));

Deno.test("Attention with masking of an all-zero utterance stays finite", () =>
  void tf.tidy(() => {
    const [output, alpha] = apply(attention(3, { masking: true }), tf.zeros([1, 4, 3]));
    assertClose(alpha, tf.fill([1, 4], 0.25), 1e-7);
    ok(output.isFinite().all().dataSync()[0]);
  }));

Deno.test("Attention keeps its configuration and shapes in a model", async () => {
  const args = {
    units: 6,
    score: "bahdanau",
    returnWeights: true,
    masking: true,
    seed: 3,
  } as const;
  const input = tf.input({ shape: [7, 4] });
  const outputs = new Attention({ name: "att", ...args }).apply(input) as tf.SymbolicTensor[];
  deepStrictEqual(outputs.map((output) => output.shape), [[null, 6], [null, 7]]);
  const model = tf.model({ inputs: input, outputs });
  const copy = await tf.models.modelFromJSON(model.toJSON(null, false) as never);
  const layer = copy.getLayer("att") as Attention;
  const { units, score, returnWeights, masking, seed } = layer;
  deepStrictEqual({ units, score, returnWeights, masking, seed }, args);
  const names = layer.weights.map((w) => [w.originalName, w.shape]);
  deepStrictEqual(names, [
    ["att/W_1", [4, 4]],
    ["att/W_2", [4, 4]],
    ["att/v", [4, 1]],
    ["att/W_c", [8, 6]],
  ]);
  deepStrictEqual(copy.getWeights()[0].dataSync(), model.getWeights()[0].dataSync()); // same seed
  model.dispose();
  copy.dispose();
});

Deno.test("Attention names what it expected and what came", () => {
  throws(() => new Attention({ name: "att_1" }).apply(tf.ones([32, 128])), {
    name: "TypeError",
    message:
      'Cannot apply Attention "att_1": expected input [batch, time, features], received [32, 128]',
  });
  throws(() => new Attention({ name: "a" }).apply([tf.ones([1, 2, 3]), tf.ones([1, 2])]), {
    name: "TypeError",
    message:
      'Cannot apply Attention "a": expected one input, or masking: true for a second, received 2 inputs',
  });
  throws(
    () => new Attention({ name: "a", masking: true }).apply([tf.ones([1, 2, 3]), tf.ones([1, 3])]),
    {
      name: "TypeError",
      message:
        'Cannot apply Attention "a": expected a mask [batch, time] of [1, 2], received [1, 3]',
    },
  );
  throws(() => new Attention({ units: 0 }), {
    name: "RangeError",
    message: "Cannot make Attention: expected units >= 1, received 0",
  });
  throws(() => new Attention({ score: "luong" as AttentionScore }), {
    name: "RangeError",
    message: 'Cannot make Attention: expected a score of general, dot, bahdanau, received "luong"',
  });
});
