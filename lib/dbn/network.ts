/** The network that a deep belief network becomes: dense ReLU layers and a softmax (section 3.1). @module */
import * as tf from "@tensorflow/tfjs";
import { hasKernels } from "../backend/kernels.ts";
import { runNative } from "../backend/native_ops.ts";
import { checkOptions } from "../support/options.ts";

/** A layer `activation(W x + b)`. */
export interface DenseLayer {
  /** Weights, shape `[units, inputs]`. */
  W: tf.Tensor2D;
  /** Biases, shape `[units]`. */
  b: tf.Tensor1D;
}

/** Sizes; the defaults are the paper's. */
export interface DbnNetworkOptions {
  /** Length of an input. @default {40} (time-averaged MFCCs) */
  coefficients?: number;
  /** Emotions: 8 for RAVDESS, 7 for SAVEE. */
  classes: number;
  /** Units of the hidden layers. @default {[128, 128, 128]} */
  hidden?: readonly number[];
}

/**
 * Builds the network as a tfjs model: features in [0, 1] `[batch, 40]` in, probabilities
 * `[batch, classes]` out. All its weights are 0 until `trainDbn` fills them.
 * @param options Sizes.
 * @returns A model with 39,304 weights for 8 classes and 39,175 for 7.
 * @throws {RangeError} If a size is not a whole number >= 1, or there are less than two classes.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { dbnNetwork } from "ser/dbn/network.ts";
 * import { strictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = dbnNetwork({ classes: 8 });
 * strictEqual(model.countParams(), 39304);
 * model.dispose();
 * ```
 */
export function dbnNetwork(options: DbnNetworkOptions): tf.LayersModel {
  checkOptions("build the DBN", options, "coefficients classes hidden");
  const { coefficients = 40, classes, hidden = [128, 128, 128] } = options;
  const sizes = [coefficients, ...hidden, classes];
  if (!sizes.every((n) => Number.isInteger(n) && n >= 1) || classes < 2) {
    throw new RangeError(
      `Cannot build the DBN: expected whole numbers of units >= 1 and classes >= 2, received ${
        sizes.join(", ")
      }`,
    );
  }
  const input = tf.input({ shape: [coefficients], name: "mfcc_means" });
  let x = input;
  for (const [i, units] of sizes.slice(1).entries()) {
    const last = i === hidden.length;
    x = tf.layers.dense({
      name: last ? "emotion" : `hidden_${i + 1}`,
      units,
      activation: last ? "softmax" : "relu",
      kernelInitializer: "zeros",
    }).apply(x) as tf.SymbolicTensor;
  }
  return tf.model({ name: "dbn", inputs: input, outputs: x });
}

/**
 * The sizes of a model of {@linkcode dbnNetwork}, input first.
 * @throws {TypeError} If the model is not such a stack of dense layers.
 */
export function layerSizes(model: tf.LayersModel): number[] {
  const dense = model.layers.slice(1);
  const sizes = [
    model.inputs[0].shape.at(-1)!,
    ...dense.map((l) => l.outputShape.at(-1) as number),
  ];
  const fits = model.inputs[0].shape.length === 2 &&
    dense.every((layer) => layer.getClassName() === "Dense" && layer.weights.length === 2);
  if (fits) return sizes;
  throw new TypeError(
    `Cannot train the DBN: expected dense layers only, as dbnNetwork() builds them, received "${model.name}" of ${
      model.layers.map((layer) => layer.getClassName()).join(", ")
    }`,
  );
}

/** Puts weights into a model of {@linkcode dbnNetwork} of the same sizes; they are not disposed. */
export function fillNetwork(model: tf.LayersModel, layers: readonly DenseLayer[]): void {
  tf.tidy(() => model.setWeights(layers.flatMap(({ W, b }) => [W.transpose(), b])));
}

/**
 * The network's answer to inputs `[n, features]`, `n > 0`: probabilities `[n, classes]`; the ReLU layers are
 * multiplied by the factor before. Where the project's own kernels are there, this is one operation.
 */
export function forward(layers: readonly DenseLayer[], x: tf.Tensor2D, factor = 1): tf.Tensor2D {
  if (hasKernels()) {
    const attributes = { N: { int: layers.length }, factor: { float: factor } };
    return runNative("SerForward", attributes, [x, ...weights(layers)])[0] as tf.Tensor2D;
  }
  return tf.tidy(() => {
    const scaled = scaleHidden(layers, factor);
    for (const layer of scaled.slice(0, -1)) x = dense(layer, x, "relu");
    return dense(scaled.at(-1)!, x).softmax();
  });
}

/** New tensors: the ReLU layers multiplied, the last one, the softmax layer, as it is. */
export function scaleHidden(layers: readonly DenseLayer[], factor: number): DenseLayer[] {
  return layers.map(({ W, b }, l) =>
    l === layers.length - 1
      ? { W: W.clone(), b: b.clone() }
      : { W: W.mul<tf.Tensor2D>(factor), b: b.mul<tf.Tensor1D>(factor) }
  );
}

/** All weights, then all biases: the order in which the project's own operations take them. */
export function weights(layers: readonly DenseLayer[]): tf.Tensor[] {
  return [...layers.map(({ W }) => W), ...layers.map(({ b }) => b)];
}

/** One layer, `activation(W x + b)`: of inputs `[n, inputs]` values `[n, units]`. */
export function dense(
  { W, b }: DenseLayer,
  x: tf.Tensor2D,
  activation: "relu" | "sigmoid" | "linear" = "linear",
): tf.Tensor2D {
  return tf.tidy(() => {
    const sum = tf.matMul(x, W, false, true).add<tf.Tensor2D>(b);
    return activation === "linear" ? sum : sum[activation]();
  });
}
