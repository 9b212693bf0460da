import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";

await loadBackend();

Deno.test("the gradient of ReLU is 1 above zero and 0 elsewhere", () =>
  void tf.tidy(() => {
    const gradient = tf.grad((x) => x.relu())(tf.tensor1d([-2, 0, 3]), tf.tensor1d([5, 6, 7]));
    deepStrictEqual([...gradient.dataSync()], [0, 0, 7]);
  }));
