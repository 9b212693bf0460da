/** The five convolutions that the paper's CNN models share (sections 3.5 and 3.6). @module */
import * as tf from "@tensorflow/tfjs";
import { BatchNormalization } from "../layers/batch_normalization.ts";
import { Conv1D } from "../layers/conv1d.ts";
import { SeededDropout } from "../layers/dropout.ts";
import { deriveSeed } from "../support/random.ts";

/** Filters of each layer, first layer first. */
const FILTERS = [64, 64, 32, 32, 16] as const;

/**
 * The paper has two lists of kernel sizes, first layer first: `shapes` are those that give the shapes
 * it prints, `text` those that its sentences name. They cannot both be true.
 */
export const KERNEL_SIZES = {
  shapes: [9, 7, 5, 5, 3],
  text: [9, 9, 7, 7, 5],
} as const;

/** Which of the two. */
export type KernelSizes = keyof typeof KERNEL_SIZES;

/** Slope of LeakyReLU below zero (section 4.2); Keras's default would be 0.3. */
const LEAKY_SLOPE = 0.01;

/** What follows the n-th batch normalisation; layers are called `relu_n` or `leaky_relu_n`. */
function activationLayer(activation: Activation, n: number): tf.layers.Layer {
  return activation === "relu"
    ? tf.layers.reLU({ name: `relu_${n}` })
    : tf.layers.leakyReLU({ name: `leaky_relu_${n}`, alpha: LEAKY_SLOPE });
}

/**
 * One of the activations on plain numbers.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { activate } from "ser/models/convolutions.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * deepStrictEqual(activate([-100, 2], "relu"), [0, 2]);
 * deepStrictEqual(activate([-100, 2], "leaky-relu"), [-1, 2]);
 * ```
 */
export function activate(values: readonly number[], activation: Activation): number[] {
  return tf.tidy(() => {
    const layer = activationLayer(activation, 0);
    return Array.from((layer.apply(tf.tensor1d([...values])) as tf.Tensor).dataSync());
  });
}

/**
 * Input frames that one output position sees.
 * @example Usage
 * ```ts
 * import { receptiveField } from "ser/models/convolutions.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(receptiveField("text"), 1 + 8 + 8 + 6 + 6 + 4);
 * ```
 */
export const receptiveField = (kernels: KernelSizes): number =>
  KERNEL_SIZES[kernels].reduce((frames, kernelSize) => frames + kernelSize - 1, 1);

/** That of the kernels that give the paper's shapes: 25. */
export const RECEPTIVE_FIELD: number = receptiveField("shapes");

/** ReLU as the paper's models have it, or LeakyReLU with slope 0.01 as its ablation has. */
export type Activation = "relu" | "leaky-relu";

/** What the models choose differently. */
export interface ConvolutionOptions {
  /** Seed of the initial weights and of the dropout masks. */
  seed: number;
  /** Dropout follows the first so many layers, 0 to 5. */
  dropoutLayers: number;
  /** Dropout rate, in [0, 1). */
  dropout: number;
  /** The kernels that give the paper's shapes, or those that its text names. @default {"shapes"} */
  kernelSizes?: KernelSizes;
  /** `"same"` surrounds the frames with zeros, so that their number stays. @default {"valid"} */
  padding?: "valid" | "same";
  /** What follows batch normalisation. @default {"relu"} */
  activation?: Activation;
}

/**
 * Convolution, batch normalisation, ReLU and (in the first layers) dropout, five times; stride 1.
 * Without padding each layer shortens the sequence by its kernel size less one.
 * @param x Frames, shape `[batch, frames, coefficients]`.
 * @returns Shape `[batch, frames - 24, 16]` (`frames - 32` with the kernels of the text), or
 * `[batch, frames, 16]` with padding "same".
 */
export function convolutions(
  x: tf.SymbolicTensor,
  options: ConvolutionOptions,
): tf.SymbolicTensor {
  const { seed, dropout, dropoutLayers, padding = "valid", activation = "relu" } = options;
  const kernelSizes = KERNEL_SIZES[options.kernelSizes ?? "shapes"];
  FILTERS.forEach((filters, i) => {
    const n = i + 1, kernelSize = kernelSizes[i];
    const layers: tf.layers.Layer[] = [
      new Conv1D({
        ...{ name: `conv_${n}`, filters, kernelSize, padding },
        seed: deriveSeed(seed, "conv", n),
      }),
      new BatchNormalization({ name: `batch_norm_${n}` }),
      activationLayer(activation, n),
    ];
    if (n <= dropoutLayers) {
      const args = { rate: dropout, seed: deriveSeed(seed, "dropout", n) };
      layers.push(new SeededDropout({ name: `dropout_${n}`, ...args }));
    }
    for (const layer of layers) x = layer.apply(x) as tf.SymbolicTensor;
  });
  return x;
}

/**
 * The input frames that one output position of {@linkcode convolutions} sees.
 * @param position Output position, `>= 0`.
 * @returns First and last frame, both included.
 * @example Usage
 * ```ts
 * import { coveredFrames } from "ser/models/convolutions.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(coveredFrames(203), { first: 203, last: 227 }); // the last of 228 frames
 * ```
 */
export function coveredFrames(position: number): { first: number; last: number } {
  return { first: position, last: position + RECEPTIVE_FIELD - 1 };
}
