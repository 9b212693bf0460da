import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { loadBackend } from "ser/backend/load.ts";
import { hasKernels } from "ser/backend/kernels.ts";
import { lstmSequence, plainSequence } from "ser/backend/lstm.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { example, type LstmPass, type Sequence } from "./lstm_pass.ts";
import { assertClose } from "./close.ts";

// tests/layers/lstm_test.ts compares with Keras
const { name } = await loadBackend();

const fast = lstmSequence as unknown as Sequence;
const plain = plainSequence as unknown as Sequence;

/** The equations in float64 with plain loops: hidden states, `[time][units]`, of one sequence. */
function slow(
  x: number[][],
  kernel: number[][],
  recurrent: number[][],
  bias: number[],
): number[][] {
  const units = recurrent.length;
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  let hidden: number[] = Array(units).fill(0), cell = hidden;
  return x.map((frame) => {
    const z = bias.map((b, column) =>
      frame.reduce((sum, value, j) => sum + value * kernel[j][column], b) +
      hidden.reduce((sum, value, j) => sum + value * recurrent[j][column], 0)
    );
    const part = (gate: number) => z.slice(gate * units, (gate + 1) * units);
    const i = part(0).map(sigmoid), f = part(1).map(sigmoid), o = part(3).map(sigmoid);
    const g = part(2).map(Math.tanh);
    cell = cell.map((c, u) => f[u] * c + i[u] * g[u]);
    hidden = cell.map((c, u) => o[u] * Math.tanh(c));
    return hidden;
  });
}

// the kernels take 8 sequences, 16 steps and up to 16 units at a time: around these numbers
const SIZES = [
  [3, 7, 5, 4],
  [1, 1, 1, 1],
  [2, 228, 40, 10],
  [1, 17, 3, 50],
  [5, 16, 7, 17],
  [32, 9, 40, 33],
  [33, 1, 6, 16],
  [140, 3, 2, 5], // more groups than partial sums
];

for (const [batch, time, features, units] of SIZES) {
  const sizes = `${batch} sequences of [${time}, ${features}] with ${units} units`;

  Deno.test(`lstmSequence() equals the equations step by step, with its gradients: ${sizes}`, () =>
    void tf.tidy(() => {
      const { inputs, dStates } = example(batch, time, features, units);
      assertClose(fast(...inputs), plain(...inputs), "states");
      const slope = tf.grads(fast)(inputs, dStates), expected = tf.grads(plain)(inputs, dStates);
      slope.forEach((gradient, i) => assertClose(gradient, expected[i], `gradient ${i}`));
    }));

  Deno.test(`lstmSequence() gives the last state alone, with its gradients: ${sizes}`, () =>
    void tf.tidy(() => {
      const { inputs, dStates } = example(batch, time, features, units);
      const last = (states: tf.Tensor) =>
        states.slice([0, time - 1, 0], [batch, 1, units]).squeeze([1]);
      const [all, one] = [
        (...inputs: tf.Tensor[]) => last(plain(...inputs)),
        (...[x, kernel, recurrent, bias]: tf.Tensor[]) =>
          lstmSequence(
            x as tf.Tensor3D,
            kernel as tf.Tensor2D,
            recurrent as tf.Tensor2D,
            bias as tf.Tensor1D,
            { returnSequences: false },
          ),
      ];
      assertClose(one(...inputs), all(...inputs), "state");
      const expected = tf.grads(all)(inputs, last(dStates));
      tf.grads(one)(inputs, last(dStates)).forEach((gradient, i) =>
        assertClose(gradient, expected[i], `gradient ${i}`)
      );
    }));

  Deno.test(`lstmSequence() equals plain loops in float64: ${sizes}`, () =>
    void tf.tidy(() => {
      const { inputs } = example(batch, time, features, units);
      const [x, kernel, recurrent, bias] = inputs.map((input) => input.arraySync());
      const expected = (x as number[][][]).map((one) =>
        slow(one, kernel as number[][], recurrent as number[][], bias as number[])
      );
      assertClose(fast(...inputs), tf.tensor3d(expected), "states");
    }));
}

Deno.test("lstmSequence() has the gradients that finite differences give", () =>
  void tf.tidy(() => {
    const { inputs, dStates } = example(1, 3, 2, 2);
    const gradients = tf.grads(fast)(inputs, dStates);
    const step = 1e-2; // float32: smaller steps lose digits, larger ones curve
    inputs.forEach((input, which) => {
      const values = input.dataSync(), slopes = gradients[which].dataSync();
      slopes.forEach((slope: number, i: number) => {
        const at = (h: number) => {
          const moved = tf.tensor(values.map((v, j) => j === i ? v + h : v), input.shape);
          return fast(...inputs.with(which, moved)).mul(dStates).sum().dataSync()[0];
        };
        const difference = (at(step) - at(-step)) / (2 * step);
        ok(Math.abs(slope - difference) < 1e-3, `${which}, ${i}: ${slope} and ${difference}`);
      });
    });
  }));

Deno.test("lstmSequence() does not look ahead", () =>
  void tf.tidy(() => {
    const { inputs: [x, ...weights] } = example(2, 6, 3, 4);
    const changed = tf.concat([x.slice([0, 0, 0], [2, 4, 3]), tf.ones([2, 2, 3])], 1);
    const [before, after] = [x, changed].map((x) =>
      fast(x, ...weights).slice([0, 0, 0], [2, 4, 4])
    );
    deepStrictEqual(after.arraySync(), before.arraySync());
  }));

Deno.test("lstmSequence() gives the weights the same gradients if x needs none", () =>
  void tf.tidy(() => {
    const { inputs: [x, ...weights], dStates } = example(9, 20, 3, 5);
    const gradients = [true, false].map((inputGradient) => {
      const run = (kernel: tf.Tensor, recurrent: tf.Tensor, bias: tf.Tensor) =>
        lstmSequence(
          x as tf.Tensor3D,
          kernel as tf.Tensor2D,
          recurrent as tf.Tensor2D,
          bias as tf.Tensor1D,
          { inputGradient },
        );
      return tf.grads(run as Sequence)(weights, dStates).map((gradient) => gradient.dataSync());
    });
    deepStrictEqual(gradients[1], gradients[0]);
  }));

Deno.test("lstmSequence() passes on what is not a number", () =>
  void tf.tidy(() => {
    const { inputs: [x, ...weights] } = example(2, 3, 3, 4);
    const spoilt = tf.concat([tf.fill([1, 3, 3], NaN), x.slice([1, 0, 0], [1, 3, 3])], 0);
    const [bad, good] = tf.unstack(fast(spoilt, ...weights));
    ok(bad.dataSync().every(Number.isNaN));
    ok(good.dataSync().every(Number.isFinite));
  }));

Deno.test("lstmSequence() stands huge inputs: gates open or shut", () =>
  void tf.tidy(() => {
    const { inputs: [x, ...weights], dStates } = example(2, 5, 3, 4);
    const inputs = [x.mul(1e30), ...weights];
    assertClose(fast(...inputs), plain(...inputs), "states");
    for (const gradient of tf.grads(fast)(inputs, dStates).slice(1)) {
      ok(gradient.dataSync().every(Number.isFinite));
    }
  }));

Deno.test({
  name: "lstmSequence() says which shapes do not fit",
  ignore: !hasKernels(),
  fn: () =>
    void tf.tidy(() => {
      const { inputs: [x, kernel, recurrent, bias] } = example(2, 3, 5, 4);
      const message = (expected: string) => ({ message: new RegExp(RegExp.escape(expected)) });
      throws(
        () => fast(x, kernel.slice(1), recurrent, bias),
        message("expected kernel [5, 16], received [4, 16]"),
      );
      throws(
        () => fast(x, kernel, recurrent.slice(1), bias),
        message("expected recurrent kernel [3, 12], received [3, 16]"),
      );
      throws(
        () => fast(x, kernel, recurrent, bias.slice(1)),
        message("expected bias [16], received [15]"),
      );
      throws(
        () => fast(x.slice([0, 0, 0], [2, 0, 5]), kernel, recurrent, bias),
        message("expected x [batch, time, features], received [2, 0, 5]"),
      );
    }),
});

Deno.test("lstmSequence() leaks nothing", () => {
  const { inputs, dStates } = example(2, 11, 3, 4);
  const before = tf.memory().numTensors;
  tf.dispose([fast(...inputs), ...tf.grads(fast)(inputs, dStates)]);
  strictEqual(tf.memory().numTensors, before);
  tf.dispose([...inputs, dStates]);
});

Deno.test("lstmSequence() gives the same numbers on every back end", async () => {
  const environments: Record<string, string>[] = [{ SER_BACKEND: "cpu" }, { SER_BACKEND: "wasm" }];
  if (name === "native") {
    environments.push({ SER_BACKEND: name }, { SER_BACKEND: name, SER_KERNELS: "off" });
  }
  const [reference, ...others] = await Promise.all(
    environments.map((environment) => pass(environment, [3, 6, 5, 4])),
  );
  for (const other of others) {
    const pairs = [
      [other.states, reference.states],
      ...other.gradients.map((g, i) => [g, reference.gradients[i]]),
    ];
    pairs.forEach(([a, b], i) => {
      strictEqual(a.length, b.length);
      const worst = a.reduce((top, value, j) => Math.max(top, Math.abs(value - b[j])), 0);
      ok(worst < 1e-5, `${other.name}, result ${i}: off by ${worst}`); // float32, seen is 1e-6
    });
  }
});

Deno.test({
  name: "lstmSequence() gives the same bits each time, whatever the number of threads",
  ignore: !hasKernels(),
  fn: async () => {
    const [one, ...others] = await Promise.all(
      ["1", "2", "2", "3"].map((threads) =>
        pass({ SER_BACKEND: "native", TF_NUM_INTRAOP_THREADS: threads }, [37, 20, 7, 19])
      ),
    );
    for (const other of others) deepStrictEqual(other, one);
  },
});

/** Runs the program in a process of its own, where another back end can be loaded. */
async function pass(env: Record<string, string>, sizes: number[]): Promise<LstmPass> {
  const program = fromFileUrl(new URL("./lstm_pass.ts", import.meta.url));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program, ...sizes.map(String)],
    cwd: PROJECT_ROOT,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const [text, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  strictEqual(code, 0, errors);
  const result: LstmPass = JSON.parse(text); // nothing else was printed
  strictEqual(result.name, env.SER_BACKEND);
  return result;
}
