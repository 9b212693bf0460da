import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import {
  convolutions,
  coveredFrames,
  type KernelSizes,
  RECEPTIVE_FIELD,
  receptiveField,
} from "ser/models/convolutions.ts";

await loadBackend();

const build = (frames: number, dropoutLayers: number, kernelSizes?: KernelSizes) => {
  const x = tf.input({ shape: [frames, 40] });
  return tf.model({
    inputs: x,
    outputs: convolutions(x, { seed: 1, dropoutLayers, dropout: 0.5, kernelSizes }),
  });
};

Deno.test("convolutions() shortens the sequence as the paper's table of shapes says", () => {
  const model = build(228, 3);
  const shapes = model.layers.filter((layer) => layer.name.startsWith("conv"))
    .map((layer) => layer.outputShape);
  deepStrictEqual(shapes, [
    [null, 220, 64],
    [null, 214, 64],
    [null, 210, 32],
    [null, 206, 32],
    [null, 204, 16],
  ]);
  model.dispose();
});

Deno.test("convolutions() with the kernels of the text misses the paper's shapes from layer 2 on", () => {
  const model = build(228, 3, "text");
  const lengths = model.layers.filter((layer) => layer.name.startsWith("conv"))
    .map((layer) => (layer.outputShape as number[])[1]);
  deepStrictEqual(lengths, [220, 212, 206, 200, 196]); // 228 less 8, 8, 6, 6, 4
  strictEqual(receptiveField("text"), 228 - 196 + 1);
  model.dispose();
});

Deno.test("convolutions() has dropout behind the first layers only", () => {
  for (const n of [0, 3, 5]) {
    const model = build(30, n);
    const names = model.layers.map((layer) => layer.name).filter((name) => /^dropout/.test(name));
    deepStrictEqual(
      names,
      ["dropout_1", "dropout_2", "dropout_3", "dropout_4", "dropout_5"].slice(0, n),
    );
    model.dispose();
  }
});

Deno.test("coveredFrames() are the frames that one position depends on, and no others", () => {
  strictEqual(RECEPTIVE_FIELD, 25);
  const model = build(40, 0);
  const position = 9;
  const slopes = tf.tidy(() => {
    const at = (x: tf.Tensor) =>
      (model.apply(x) as tf.Tensor).slice([0, position, 0], [1, 1, -1]).sum() as tf.Scalar;
    const x = tf.randomNormal([1, 40, 40], 0, 1, "float32", 1);
    return tf.grad(at)(x).abs().sum([0, 2]).dataSync();
  });
  const { first, last } = coveredFrames(position);
  slopes.forEach((slope: number, frame: number) =>
    ok(frame >= first && frame <= last ? slope > 0 : slope === 0, `frame ${frame}: ${slope}`)
  );
  model.dispose();
});
