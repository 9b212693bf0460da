/** A model in blocks, as a drawing shows it: what each puts out, holds and sees of the input. @module */
import type * as tf from "@tensorflow/tfjs";
import { describeLayer, type Sight } from "./layer_words.ts";

/** A layer with what follows it and has no shape of its own, such as normalisation and dropout. */
export interface LayerBlock {
  /** What it is, for example `convolution, kernel 9`. */
  title: string;
  /** What follows, for example `["batch norm", "ReLU", "dropout 0.5"]`. */
  then: string[];
  /** Names of its layers in the model. */
  layers: string[];
  /** What it puts out for one utterance: `[positions, values]` or `[values]`. */
  shape: number[];
  /** Numbers that it holds, trained or not. */
  parameters: number;
  /** What one position sees of the input. */
  sees: Sight;
}

/**
 * Goes through a model's layers in order. All numbers are the model's own.
 * @param model A chain of layers from one input, such as the six of the paper.
 * @returns The input first, the answer last; the blocks' parameters add up to the model's.
 * @throws {TypeError} If there is a layer of a kind that no model of the paper has.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { cnn } from "ser/models/cnn.ts";
 * import { layerBlocks } from "ser/models/layer_blocks.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = cnn({ frames: 228, classes: 8, seed: 0 });
 * const { title, then, shape, parameters, sees } = layerBlocks(model)[2];
 * deepStrictEqual([title, then], ["convolution, kernel 7", ["batch norm", "ReLU", "dropout 0.5"]]);
 * deepStrictEqual([shape, parameters, sees], [[214, 64], 7 * 64 * 64 + 64 + 4 * 64, 1 + 8 + 6]);
 * model.dispose();
 * ```
 */
export function layerBlocks(model: tf.LayersModel): LayerBlock[] {
  const blocks: LayerBlock[] = [];
  for (const layer of model.layers) {
    const { words, follows, sight } = describeLayer(layer);
    const before = blocks.at(-1), parameters = layer.countParams();
    if (before && follows) {
      before.then.push(words);
      before.layers.push(layer.name);
      before.parameters += parameters;
      continue;
    }
    blocks.push({
      ...{ title: words, then: [], layers: [layer.name], parameters },
      shape: (layer.outputShape as tf.Shape).slice(1).map((size) => size ?? 0),
      sees: before ? sight(before.sees) : sight(1),
    });
  }
  return blocks;
}
