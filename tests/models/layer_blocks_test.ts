import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { dbnNetwork } from "ser/dbn/network.ts";
import { type LayerBlock, layerBlocks } from "ser/models/layer_blocks.ts";
import { buildModel, completeOptions, MODEL_NAMES, type ModelName } from "ser/models/catalogue.ts";

await loadBackend();

const build = (name: ModelName, options = {}, frames = 228) =>
  buildModel(
    name,
    { frames, coefficients: 40, classes: 8 },
    completeOptions(name, options),
    0,
  );

/** The blocks of a model that is thrown away. */
function blocksOf(name: ModelName, options = {}, frames = 228): LayerBlock[] {
  const model = build(name, options, frames), blocks = layerBlocks(model);
  model.dispose();
  return blocks;
}

Deno.test("layerBlocks() gives the shapes that the paper states for CNN-ATN on RAVDESS", () => {
  const blocks = blocksOf("cnn-attention");
  deepStrictEqual(blocks.map(({ shape }) => shape), [
    ...[[228, 40], [220, 64], [214, 64], [210, 32], [206, 32], [204, 16]],
    ...[[128], [8]],
  ]);
  deepStrictEqual(blocks.map(({ then }) => then.includes("dropout 0.5")), [
    ...[false, true, true, true, false, false, false, false],
  ]);
});

Deno.test("layerBlocks() gives each layer once, and parameters that add up to the model's", () => {
  for (const name of MODEL_NAMES) {
    const model = build(name), blocks = layerBlocks(model);
    strictEqual(blocks.reduce((sum, { parameters }) => sum + parameters, 0), model.countParams());
    deepStrictEqual(
      blocks.flatMap(({ layers }) => layers),
      model.layers.map((layer) => layer.name),
    );
    model.dispose();
  }
});

Deno.test("layerBlocks() tells how many frames one position sees, as changed frames show", () => {
  for (const padding of ["valid", "same"]) {
    const model = build("cnn", { padding }, 60),
      x = tf.randomNormal([1, 60, 40], 0, 1, "float32", 1);
    const blocks = layerBlocks(model).filter(({ title }) => title.startsWith("convolution"));
    for (const { layers, sees, shape } of blocks) {
      const part = tf.model({ inputs: model.inputs, outputs: model.getLayer(layers[0]).output });
      const position = Math.floor(shape[0] / 2);
      const changing = Array.from({ length: 60 }, (_, frame) => frame).filter((frame) =>
        tf.tidy(() => {
          const at = tf.oneHot([frame], 60).reshape([1, 60, 1]);
          const outputs = [x, x.add(at)].map((input) => part.predict(input) as tf.Tensor3D);
          const [before, after] = outputs.map((y) => y.slice([0, position, 0], [1, 1, -1]));
          return before.notEqual(after).any().dataSync()[0] > 0;
        })
      );
      strictEqual(changing.length, sees);
      strictEqual(changing.at(-1)! - changing[0] + 1, sees);
    }
    x.dispose();
    model.dispose();
  }
});

Deno.test("layerBlocks() tells what recurrent, attentive and averaging models see", () => {
  const sees = (name: ModelName) => blocksOf(name).map((block) => block.sees);
  deepStrictEqual(sees("lstm"), [1, "past", "all", "all"]);
  deepStrictEqual(sees("lstm-attention"), [1, "past", "past", "all", "all"]);
  deepStrictEqual(new Set([...sees("dbn"), ...sees("sdnn")]), new Set(["mean"]));
});

Deno.test("layerBlocks() says what an ablation changes", () => {
  const [, first] = blocksOf("cnn", { padding: "same", activation: "leaky-relu" });
  deepStrictEqual([first.shape, first.then[1]], [[228, 64], "LeakyReLU"]);
  const bare = blocksOf("cnn-attention", { dropoutLayers: 0 });
  strictEqual(bare.some(({ then }) => then.some((word) => word.startsWith("dropout"))), false);
  const masked = blocksOf("cnn-attention", { masking: true });
  strictEqual(masked.filter(({ then }) => then.includes("padding masked")).length, 1);
});

Deno.test("layerBlocks() draws a DBN of any depth", () => {
  const model = dbnNetwork({ coefficients: 3, classes: 2, hidden: [5] });
  deepStrictEqual(layerBlocks(model).map((block) => [block.shape, block.parameters]), [
    [[3], 0],
    [[5], 3 * 5 + 5],
    [[2], 5 * 2 + 2],
  ]);
  model.dispose();
});

Deno.test("layerBlocks() refuses a layer that no model of the paper has", () => {
  const model = tf.sequential({
    layers: [tf.layers.maxPooling1d({ name: "pool", inputShape: [4, 1] })],
  });
  throws(() => layerBlocks(model), {
    name: "TypeError",
    message: /^Cannot describe the layer "pool": expected one of .*, received MaxPooling1D$/,
  });
  model.dispose();
});
