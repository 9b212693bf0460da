import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { filterGradient, hasUnitStride, inputGradient } from "ser/backend/conv_gradients.ts";
import { loadBackend } from "ser/backend/load.ts";

// tfjs's own gradients, of a back end that has them, are the reference: see also
// other_backends_test.ts, which compares whole models on wasm and cpu
await loadBackend();

const cases = [
  {
    what: "the paper's first layer",
    x: [2, 1, 30, 5],
    filter: [1, 9, 5, 4],
    strides: 1,
    pad: "valid",
  },
  { what: "zero padding", x: [2, 1, 12, 3], filter: [1, 5, 3, 2], strides: 1, pad: "same" },
  { what: "an even kernel", x: [1, 6, 7, 2], filter: [4, 2, 2, 3], strides: 1, pad: "same" },
  {
    what: "strides that leave a rest",
    x: [2, 9, 12, 2],
    filter: [3, 2, 2, 3],
    strides: 3,
    pad: "valid",
  },
] as const;

type Shape4D = [number, number, number, number];

for (const { what, x: xShape, filter: filterShape, strides, pad } of cases) {
  Deno.test(`filterGradient() and inputGradient() equal tfjs's: ${what}`, () =>
    void tf.tidy(() => {
      const shapes = { x: [...xShape] as Shape4D, filter: [...filterShape] as Shape4D };
      const x = tf.randomNormal(shapes.x, 0, 1, "float32", 1) as tf.Tensor4D;
      const filter = tf.randomNormal(shapes.filter, 0, 1, "float32", 2) as tf.Tensor4D;
      const forward = (x: tf.Tensor, filter: tf.Tensor) =>
        tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad);
      const y = forward(x, filter);
      const dy = tf.randomNormal(y.shape, 0, 1, "float32", 3) as tf.Tensor4D;
      const [dx, dFilter] = tf.grads(forward)([x, filter], dy);
      const convolution = { strides, pad, dataFormat: "NHWC" } as const;
      assertClose(filterGradient(x, dy, shapes.filter, convolution), dFilter);
      strictEqual(hasUnitStride(convolution), strides === 1);
      if (strides === 1) assertClose(inputGradient(dy, filter, shapes.x, convolution), dx);
    }));
}

Deno.test("filterGradient() names a data format that it does not know", () => {
  const x = tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
  throws(
    () => filterGradient(x, x, [1, 1, 1, 1], { strides: 1, pad: "valid", dataFormat: "NCHW" }),
    {
      name: "TypeError",
      message: "Cannot differentiate the convolution: expected data format NHWC, received NCHW",
    },
  );
  x.dispose();
});

function assertClose(actual: tf.Tensor, expected: tf.Tensor): void {
  deepStrictEqual(actual.shape, expected.shape);
  const worst = actual.sub(expected).abs().max().dataSync()[0];
  ok(worst < 1e-5, `off by ${worst}`); // float32, at most 60 terms of size 1
}
