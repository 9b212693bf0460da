import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { hasKernels } from "ser/backend/kernels.ts";
import { loadBackend } from "ser/backend/load.ts";
import { type Attributes, runNative } from "ser/backend/native_ops.ts";
import { near } from "./replay.ts";
import { trainAll } from "./train_all.ts";

await loadBackend();
const ignore = !hasKernels(); // then there is one way only

/** Results of a process of its own, as text. */
async function trainedWith(env: Record<string, string>): Promise<string> {
  const program = fileURLToPath(new URL("train_all.ts", import.meta.url));
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program],
    env: { SER_BACKEND: "native", ...env },
    stderr: "null",
  }).output();
  ok(success);
  return new TextDecoder().decode(stdout);
}

Deno.test({
  name: "DBN epochs by the project's kernels equal those by TensorFlow's own operations",
  ignore,
  fn: async () => {
    const before = tf.memory().numTensors;
    const fast = await trainAll();
    strictEqual(tf.memory().numTensors, before);
    const plain: typeof fast = JSON.parse(await trainedWith({ SER_KERNELS: "off" }));
    deepStrictEqual(Object.keys(fast), Object.keys(plain));
    for (const [name, expected] of Object.entries(plain)) {
      ok(expected.length > 0 && expected.every(Number.isFinite), name);
      const largest = expected.reduce((top, value) => Math.max(top, Math.abs(value)), 1);
      near(fast[name], expected, 1e-5 * largest, name);
    }
  },
});

Deno.test({
  name: "DBN epochs by the project's kernels do not depend on the number of threads",
  ignore,
  fn: async () => {
    const threads = (n: string) => trainedWith({ TF_NUM_INTRAOP_THREADS: n });
    const [one, two, again] = [await threads("1"), await threads("2"), await threads("2")];
    ok(one.length > 1e5);
    ok(one === two && two === again);
  },
});

const INTEGERS = (n: number) => tf.range(0, n, 1, "int32");

/** A call that fits, with one input replaced. */
function call(name: string, attributes: Attributes, inputs: tf.Tensor[], outputs: number) {
  return (place: number, wrong: tf.Tensor) => () => {
    const changed = inputs.with(place, wrong);
    tf.tidy(() => runNative(name, attributes, changed, outputs));
  };
}

Deno.test({
  name: "DBN kernels name what they cannot use",
  ignore,
  fn: () => {
    const rbm = call(
      "SerRbmEpoch",
      { N: { int: 1 }, batch_size: { int: 2 }, rate: { float: 0.1 } },
      [
        ...[tf.zeros([5, 3]), INTEGERS(5), tf.zeros([4, 5])],
        ...[tf.zeros([4, 3]), tf.zeros([3]), tf.zeros([4])],
      ],
      4,
    );
    rbm(1, INTEGERS(5))();
    for (
      const [place, wrong, message] of [
        [0, tf.zeros([5, 2]), /expected data \[5, 3\], received \[5, 2\]/],
        [1, INTEGERS(4), /expected order \[5\], received \[4\]/],
        [1, tf.fill([5], 5, "int32"), /expected order in \[0, 5\)/],
        [2, tf.zeros([4, 4]), /expected uniform numbers of all examples/],
        [2, tf.zeros([3, 5]), /expected uniform \[4, 5\], received \[3, 5\]/],
        [4, tf.zeros([4]), /expected b \[3\], received \[4\]/],
        [5, tf.zeros([3]), /expected c \[4\], received \[3\]/],
      ] as const
    ) throws(rbm(place, wrong), { message });

    const tuning = call(
      "SerFineTuningEpoch",
      {
        ...{ N: { int: 2 }, batch_size: { int: 2 }, keep: { float: 0.8 }, kept: { float: 1 } },
        ...{ rate: { float: 0.1 }, full: { int: 1 }, decay: { float: 1 } },
      },
      [
        ...[tf.zeros([5, 3]), tf.fill([5], 1, "int32"), INTEGERS(5)],
        ...[tf.zeros([3, 5]), tf.zeros([4, 5])],
        ...[tf.zeros([4, 3]), tf.zeros([2, 4]), tf.zeros([4]), tf.zeros([2])],
      ],
      5,
    );
    tuning(2, INTEGERS(5))();
    for (
      const [place, wrong, message] of [
        [0, tf.zeros([5]), /expected x \[n > 0, features\], received \[5\]/],
        [1, INTEGERS(4), /expected labels \[5\], received \[4\]/],
        [1, INTEGERS(5), /expected labels in \[0, 2\)/],
        [2, tf.fill([5], -1, "int32"), /expected order in \[0, 5\)/],
        [4, tf.zeros([5, 4]), /expected uniform \[4, 5\], received \[5, 4\]/],
        [6, tf.zeros([2, 3]), /expected weights \[2, 4\], received \[2, 3\]/],
        [7, tf.zeros([3]), /expected biases \[4\], received \[3\]/],
      ] as const
    ) throws(tuning(place, wrong), { message });
  },
});
