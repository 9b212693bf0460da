import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { convolve } from "ser/layers/convolve.ts";

await loadBackend();

const FRAMES = [[1, 0], [2, 1], [0, 3], [-1, 1], [1, 1]];
const FILTER = [[1, 0], [0, 2], [-1, 1]];

/** The definition, term by term; frames outside are zeros. */
function slow(frames: number[][], filter: number[][], first: number, count: number): number[] {
  return Array.from({ length: count }, (_, place) => {
    let sum = 0;
    filter.forEach((taps, k) =>
      taps.forEach((tap, channel) => sum += tap * (frames[first + place + k]?.[channel] ?? 0))
    );
    return sum;
  });
}

Deno.test("convolve() gives the sums of products worked out by hand", () => {
  deepStrictEqual(convolve(FRAMES, FILTER), [6, 10, 2]); // 1+2+(0+3), 2+6+(1+1), 0+2+(-1+1)
});

Deno.test("convolve() equals the definition term by term, inside and with zeros around", () => {
  deepStrictEqual(convolve(FRAMES, FILTER), slow(FRAMES, FILTER, 0, 3));
  deepStrictEqual(convolve(FRAMES, FILTER, { padding: "same" }), slow(FRAMES, FILTER, -1, 5));
});

Deno.test("convolve() with one tap of 1 is the identity, and leaks nothing", () => {
  const before = tf.memory().numTensors;
  deepStrictEqual(convolve([[3], [1], [4]], [[1]]), [3, 1, 4]);
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("convolve() refuses a filter longer than the frames", () =>
  throws(() => convolve([[1], [2]], [[1], [1], [1]]), {
    name: "RangeError",
    message: "Cannot convolve: expected at least 3 frames, received 2",
  }));
