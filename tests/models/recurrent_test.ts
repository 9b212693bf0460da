import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { recurrentLayers } from "ser/models/recurrent.ts";

await loadBackend();

for (const returnSequences of [true, false]) {
  Deno.test(`recurrentLayers() with returnSequences ${returnSequences} has the paper's shapes`, () => {
    const inputs = tf.input({ shape: [228, 40] });
    const outputs = recurrentLayers(inputs, { seed: 1, returnSequences });
    const model = tf.model({ inputs, outputs });
    deepStrictEqual(model.layers.slice(1).map(({ name, outputShape }) => [name, outputShape]), [
      ["lstm_1", [null, 228, 100]],
      ["lstm_2", returnSequences ? [null, 228, 50] : [null, 50]],
    ]);
    deepStrictEqual(model.layers.map((layer) => layer.countParams()), [0, 56400, 30200]);
    model.dispose();
  });
}
