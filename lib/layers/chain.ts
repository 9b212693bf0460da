/**
 * The forward pass through a model that is a chain of layers. Calling the layers one by one leaves out what tf.layers checks and names on every call, and in training
 * lets several run as one operation: batch normalisation or a dense layer, the activation after it,
 * and dropout. @module
 */
import * as tf from "@tensorflow/tfjs";
import { activate, type Activation } from "../backend/activate.ts";
import { conv1d } from "../backend/conv1d.ts";
import { hasKernels } from "../backend/kernels.ts";
import { BatchNormalization } from "./batch_normalization.ts";
import { SeededDropout } from "./dropout.ts";

type Step = (x: tf.Tensor) => tf.Tensor;

/** A step that does the work of the next so many layers. */
interface Fused {
  step: Step;
  layers: number;
}

/** Which pass. */
export interface ChainOptions {
  /** With dropout, and normalised by the batch's statistics. @default {false} */
  training?: boolean;
}

/**
 * What `model.apply(x, { training })` computes, faster for a chain.
 * @param model Any model of tf.layers with one input and one output.
 * @param options Which pass.
 * @returns The pass, to call with each batch inside `tf.tidy`.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { chainPass } from "ser/layers/chain.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
 * const x = tf.ones([1, 3]);
 * deepStrictEqual(chainPass(model)(x).arraySync(), (model.apply(x) as tf.Tensor).arraySync());
 * ```
 */
export function chainPass(model: tf.LayersModel, options: ChainOptions = {}): Step {
  const { training = false } = options;
  if (!isChain(model)) return (x) => model.apply(x, { training }) as tf.Tensor;
  const steps: Step[] = [];
  const layers = model.layers.filter((layer) => layer.getClassName() !== "InputLayer");
  for (let at = 0; at < layers.length;) {
    const rest = layers.slice(at);
    const fused = training ? normalization(rest) ?? denseFrames(rest) : undefined;
    steps.push(fused?.step ?? ((x) => rest[0].call(x, { training }) as tf.Tensor));
    at += fused?.layers ?? 1;
  }
  return (x) => steps.reduce((values, step) => step(values), x);
}

/** Whether each layer reads the one before it and nothing else, and is used once. */
function isChain(model: tf.LayersModel): boolean {
  return model.inputs.length === 1 && model.outputs.length === 1 &&
    model.layers.every((layer, i) => {
      if (i === 0 && layer.getClassName() === "InputLayer") return true;
      const before = layer.inboundNodes.flatMap((node) => node.inboundLayers);
      return before.length === 1 && (i === 0 || before[0] === model.layers[i - 1]);
    });
}

/** Batch normalisation, its activation, and dropout if it follows. */
function normalization([first, second, third]: tf.layers.Layer[]): Fused | undefined {
  if (!(first instanceof BatchNormalization) || second === undefined) return undefined;
  const slope = slopeOf(second);
  if (slope === undefined) return undefined;
  const dropout = third instanceof SeededDropout ? third : undefined;
  const step: Step = (x) => first.callWith(x, activation(slope, dropout));
  return { step, layers: dropout ? 3 : 2 };
}

/** A dense layer with ReLU that all frames share, which is a convolution of size 1, and its dropout. */
function denseFrames([first, second]: tf.layers.Layer[]): Fused | undefined {
  if (!hasKernels()) return undefined; // tfjs multiplies faster than it convolves
  const config = first.getConfig() as { activation?: string; useBias?: boolean };
  const fits = first.getClassName() === "Dense" && config.activation === "relu" &&
    config.useBias === true && first.outputShape.length === 3;
  if (!fits) return undefined;
  const dropout = second instanceof SeededDropout ? second : undefined;
  const [kernel, bias] = first.trainableWeights;
  const step: Step = (x) => {
    const frames = kernel.read().expandDims(0) as tf.Tensor3D;
    const sums = conv1d(x as tf.Tensor3D, frames, bias.read() as tf.Tensor1D);
    return activate(sums, activation(0, dropout));
  };
  return { step, layers: dropout ? 2 : 1 };
}

/** Slope below zero of a layer that is a (leaky) ReLU. */
function slopeOf(layer: tf.layers.Layer): number | undefined {
  const { alpha, maxValue } = layer.getConfig() as { alpha?: number; maxValue?: number | null };
  switch (layer.getClassName()) {
    case "ReLU":
      return maxValue == null ? 0 : undefined;
    case "LeakyReLU":
      return alpha;
  }
}

/** With the dropout's present step. */
const activation = (slope: number, dropout?: SeededDropout): Activation => ({
  slope,
  keep: 1 - (dropout?.rate ?? 0),
  seed: dropout?.seed ?? 0,
  step: dropout?.step ?? 0,
});
