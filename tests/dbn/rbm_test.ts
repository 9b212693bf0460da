import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import type { DbnVariant, RbmActivation } from "ser/dbn/initial_weights.ts";
import { RBM } from "ser/dbn/rbm.ts";
import { seededDraws } from "ser/dbn/draws.ts";
import { RandomState } from "ser/support/random.ts";
import { near, pack, replay } from "./replay.ts";

await loadBackend();

/** Replaces an RBM's weights. */
function setWeights(rbm: RBM, W: number[][], b: number[], c: number[]) {
  tf.dispose([rbm.W, rbm.b, rbm.c]);
  rbm.W = tf.tensor2d(W), rbm.b = tf.tensor1d(b), rbm.c = tf.tensor1d(c);
  return rbm;
}

/**
 * Two hidden and three visible units, two examples. By hand:
 * example 1, v0 = (1, 0, 1): W v0 + c = (1, -0.5), so h0 = (1, 0); u < h0 gives s = (1, 0);
 *   v1 = relu(W^T s + b) = (0.6, 0, 0.5); W v1 + c = (0.55, -0.5), so h1 = (0.55, 0)
 * example 2, v0 = (0, 1, 0.5): h0 = (0.25, 0.5); s = (0, 1); v1 = (0.1, 1, 0); h1 = (0.05, 0.5)
 */
const W = [[0.5, 0, 0.5], [0, 1, 0]], B = [0.1, 0, 0], C = [0, -0.5];
const V0 = [[1, 0, 1], [0, 1, 0.5]];
const FIRST = [[0.9, 0.1], [0.3, 0.4]]; // 0.9 < 1, 0.1 >= 0, 0.3 >= 0.25, 0.4 < 0.5
const SECOND = [[0.5, 0.9], [0.01, 0.6]]; // of h1: s = (1, 0) and (1, 0)

/** Changes of W, b and c by one step with learning rate 0.2, thus sums times 0.1. */
function changes(variant: DbnVariant, uniforms: number[][][], k?: number) {
  const recorded = {
    uniform: uniforms.map(pack),
    truncatedNormal: [{ ...pack(W), bound: variant === "numpy" ? 0.2 : 2 }],
  };
  const draws = replay(recorded);
  const rbm = setWeights(new RBM(3, 2, { variant, draws }), W, B, C);
  rbm.contrastiveDivergence(tf.tensor2d(V0), { learningRate: 0.2, k });
  strictEqual(draws.left(), 0);
  return [[rbm.W, W.flat()], [rbm.b, B], [rbm.c, C]].map(([after, before]) =>
    [...(after as tf.Tensor).dataSync()].map((value, i) => value - (before as number[])[i])
  );
}

Deno.test("RBM contrastiveDivergence() makes the step computed by hand", () => {
  const [dW, db, dc] = changes("numpy", [FIRST]);
  // hidden unit 1: 1 (1, 0, 1) + 0.25 (0, 1, 0.5) - 0.55 (0.6, 0, 0.5) - 0.05 (0.1, 1, 0)
  //   = (1, 0.25, 1.125) - (0.335, 0.05, 0.275) = (0.665, 0.2, 0.85)
  // hidden unit 2: 0.5 (0, 1, 0.5) - 0.5 (0.1, 1, 0) = (-0.05, 0, 0.25)
  near(dW, [0.0665, 0.02, 0.085, -0.005, 0, 0.025], 1e-7); // float32 near 1
  near(db, [0.03, 0, 0.1], 1e-7); // (1 - 0.6 + 0 - 0.1, 0, 1 - 0.5 + 0.5 - 0)
  near(dc, [0.065, 0], 1e-7); // (1 - 0.55 + 0.25 - 0.05, 0.5 - 0.5)
});

Deno.test('RBM contrastiveDivergence() takes samples with variant "tensorflow"', () => {
  const [dW, db, dc] = changes("tensorflow", [FIRST, SECOND]);
  // s0 = (1, 0) and (0, 1), s1 = (1, 0) and (1, 0)
  // hidden unit 1: (1, 0, 1) - (0.6, 0, 0.5) - (0.1, 1, 0); hidden unit 2: (0, 1, 0.5)
  near(dW, [0.03, -0.1, 0.05, 0, 0.1, 0.05], 1e-7);
  near(db, [0.03, 0, 0.1], 1e-7); // visible units as before
  near(dc, [-0.1, 0.1], 1e-7);
});

Deno.test("RBM contrastiveDivergence() goes on for k steps", () => {
  const [dW, db, dc] = changes("numpy", [FIRST, SECOND], 2);
  // v2 = relu(W^T (1, 0) + b) = (0.6, 0, 0.5) and h2 = (0.55, 0) for both
  // hidden unit 1: (1, 0.25, 1.125) - 2 * 0.55 (0.6, 0, 0.5); hidden unit 2: 0.5 (0, 1, 0.5)
  near(dW, [0.034, 0.025, 0.0575, 0, 0.05, 0.025], 1e-7);
  near(db, [-0.02, 0.1, 0.05], 1e-7); // (1 - 1.2, 1, 1.5 - 1) * 0.1
  near(dc, [0.015, 0.05], 1e-7); // (1.25 - 1.1, 0.5) * 0.1
});

Deno.test("RBM reconstructionError() is the summed squared error, averaged over examples", async () => {
  const rbm = setWeights(new RBM(3, 2), W, B, C);
  // visible((1, 0)) = (0.6, 0, 0.5), visible((0.25, 0.5)) = (0.225, 0.5, 0.125)
  const expected = (0.4 ** 2 + 0.5 ** 2 + 0.225 ** 2 + 0.5 ** 2 + 0.375 ** 2) / 2;
  near([await rbm.reconstructionError(tf.tensor2d(V0))], [expected], 1e-6);
});

Deno.test("RBM starts within the package's bounds", () => {
  for (const variant of ["numpy", "tensorflow"] as const) {
    const rbm = new RBM(16, 500, { variant });
    const largest = rbm.W.abs().max().dataSync()[0];
    ok(largest <= 0.05 && largest > 0.049, `${largest}`); // 0.2 / sqrt(16), 8000 draws
    near([...rbm.b.dataSync(), ...rbm.c.dataSync()], Array(516).fill(0.025), 1e-8);
    rbm.dispose();
  }
  const sigmoid = new RBM(16, 500, { activation: "sigmoid" });
  const deviation = tf.moments(sigmoid.W).variance.sqrt().dataSync()[0];
  ok(Math.abs(deviation - 0.25) < 0.01, `${deviation}`); // 1 / sqrt(16); five standard errors
});

Deno.test("RBM sampleHidden() fires with the hidden units' probabilities", () => {
  const n = 20000;
  const shares = (activation: RbmActivation, c: number[]) => {
    const rbm = new RBM(1, 3, { activation, draws: seededDraws(3) });
    setWeights(rbm, [[0], [0], [0]], [0], c);
    return rbm.sampleHidden(tf.ones([n, 1])).mean(0).dataSync();
  };
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  // five standard errors: 5 * 0.5 / sqrt(n)
  near(shares("sigmoid", [-1, 0, 2]), [sigmoid(-1), 0.5, sigmoid(2)], 0.018);
  near(shares("relu", [-1, 0.3, 1]), [0, 0.3, 1], 0.018); // never, in three of ten, always
});

Deno.test("RBM freeEnergy() is the sum over all hidden states of exp(-E)", () => {
  const random = new RandomState(8), draw = () => 2 * random.uniform() - 1;
  const W = [[draw(), draw(), draw()], [draw(), draw(), draw()]];
  const b = [draw(), draw(), draw()], c = [draw(), draw()];
  const rbm = setWeights(new RBM(3, 2, { activation: "sigmoid" }), W, b, c);
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  const states = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => [n & 1, (n >> 1) & 1, (n >> 2) & 1]);
  const expected = states.map((v) => {
    // E(v, h) = -b.v - c.h - h.W v
    const sum = [[0, 0], [0, 1], [1, 0], [1, 1]].reduce(
      (sum, h) => sum + Math.exp(dot(b, v) + dot(c, h) + h[0] * dot(W[0], v) + h[1] * dot(W[1], v)),
      0,
    );
    return -Math.log(sum);
  });
  near(rbm.freeEnergy(tf.tensor2d(states)).dataSync(), expected, 2e-6); // float32, a few units
});

Deno.test("RBM fit() makes the training patterns the most probable ones", async () => {
  const states = Array.from({ length: 16 }, (_, n) => [0, 1, 2, 3].map((bit) => (n >> bit) & 1));
  const patterns = [3, 12]; // 1100 and 0011
  const rbm = new RBM(4, 8, { activation: "sigmoid", draws: seededDraws(1) });
  const data = tf.tensor2d(patterns.map((n) => states[n]));
  const errors = await rbm.fit(data, { epochs: 800, batchSize: 2, learningRate: 0.2 });
  ok(errors[799] < errors[0] / 10, `${errors[0]} to ${errors[799]}`);
  const energy = [...rbm.freeEnergy(tf.tensor2d(states)).dataSync()];
  const order = energy.map((_, n) => n).sort((a, b) => energy[a] - energy[b]);
  deepStrictEqual(order.slice(0, 2).sort((a, b) => a - b), patterns);
});

Deno.test("RBM fit() stops between epochs and leaks nothing", async () => {
  const data = tf.randomUniform([40, 5], 0, 1, "float32", 1) as tf.Tensor2D;
  const before = tf.memory().numTensors;
  const rbm = new RBM(5, 4);
  strictEqual(tf.memory().numTensors, before + 3);
  const stop = new AbortController();
  const onEpoch = ({ epoch }: { epoch: number }) => epoch === 2 && stop.abort();
  await rejects(
    rbm.fit(data, { epochs: 9, onEpoch: (report) => void onEpoch(report), signal: stop.signal }),
    { name: "AbortError" },
  );
  strictEqual(tf.memory().numTensors, before + 3);
  tf.tidy(() => rbm.contrastiveDivergence(data, { learningRate: 0.1 }));
  ok(Number.isFinite(await rbm.reconstructionError(data))); // weights outlive a tidy
  rbm.dispose();
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("RBM fit() says why large values make it diverge", async () => {
  const data = tf.randomNormal([64, 40], -50, 100, "float32", 3) as tf.Tensor2D; // like raw MFCCs
  const before = tf.memory().numTensors;
  const rbm = new RBM(40, 128);
  await rejects(rbm.fit(data), {
    name: "RangeError",
    message:
      /^Cannot go on fitting the RBM: expected a finite reconstruction error, received (NaN|Infinity) in epoch \d+; .*scale every feature to \[0, 1\]/,
  });
  rbm.dispose();
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("RBM names what it cannot use", async () => {
  throws(() => new RBM(0, 2), {
    name: "RangeError",
    message:
      "Cannot make an RBM: expected whole numbers of units >= 1, received 0 visible and 2 hidden",
  });
  const rbm = new RBM(3, 2);
  await rejects(rbm.fit(tf.zeros([5, 4])), {
    name: "TypeError",
    message: "Cannot fit the RBM: expected data [n > 0, 3], received [5,4]",
  });
  throws(() => rbm.freeEnergy(tf.zeros([1, 3])), {
    name: "TypeError",
    message:
      'Cannot compute the free energy: expected binary units, activation "sigmoid", received "relu"',
  });
});
