/** Batch normalisation as in Keras, in training together with the activation after it. @module */
import * as tf from "@tensorflow/tfjs";
import type { Activation } from "../backend/activate.ts";
import { normalizeBatch } from "../backend/batch_norm.ts";

type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];

/** Options of {@linkcode BatchNormalization}; the defaults are Keras's. */
export type BatchNormalizationArgs = LayerArgs & {
  /** Weight of the past in the moving mean and variance, in [0, 1]. @default {0.99} */
  momentum?: number;
  /** Added to the variance, `> 0`. @default {1e-3} */
  epsilon?: number;
  /** Always the last axis. @default {-1} */
  axis?: number;
};

/**
 * Normalises each channel: by the batch's mean and biased variance when training, which also move
 * the moving ones, and by the moving ones otherwise. Same weights, in the same order, and same
 * results as Keras 3's layer of this name; it takes the place of tf.layers' class.
 * Shape `[batch, ..., channels]` in and out.
 * @throws {RangeError} If momentum, epsilon or axis is out of range.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { BatchNormalization } from "ser/layers/batch_normalization.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const layer = new BatchNormalization({ momentum: 0.5 });
 * layer.apply(tf.tensor2d([[1], [3]]), { training: true });
 * const names = layer.weights.map((w) => w.originalName.split("/")[1]);
 * deepStrictEqual(names, ["gamma", "beta", "moving_mean", "moving_variance"]);
 * deepStrictEqual(layer.getWeights().map((w) => w.dataSync()[0]), [1, 0, 1, 1]);
 * ```
 */
export class BatchNormalization extends tf.layers.Layer {
  static className = "BatchNormalization";
  readonly momentum: number;
  readonly epsilon: number;
  private gamma!: tf.LayerVariable;
  private beta!: tf.LayerVariable;
  private movingMean!: tf.LayerVariable;
  private movingVariance!: tf.LayerVariable;

  constructor(args: BatchNormalizationArgs = {}) {
    super(args);
    const { momentum = 0.99, epsilon = 1e-3, axis = -1 } = args;
    if (!(momentum >= 0 && momentum <= 1)) fail("momentum in [0, 1]", momentum);
    if (!(epsilon > 0)) fail("epsilon > 0", epsilon);
    if (axis !== -1) fail("axis -1", axis);
    this.momentum = momentum;
    this.epsilon = epsilon;
    this.supportsMasking = true;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = [(inputShape as tf.Shape).at(-1)!];
    const ones = tf.initializers.ones(), zeros = tf.initializers.zeros();
    this.gamma = this.addWeight("gamma", shape, "float32", ones);
    this.beta = this.addWeight("beta", shape, "float32", zeros);
    this.movingMean = this.addWeight("moving_mean", shape, "float32", zeros, undefined, false);
    this.movingVariance = this.addWeight(
      "moving_variance",
      shape,
      "float32",
      ones,
      undefined,
      false,
    );
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }

  /**
   * The training step of this layer with the activation and dropout after it.
   * @param x Shape `[batch, ..., channels]`.
   * @param then Activation and dropout.
   */
  callWith(x: tf.Tensor, then?: Activation): tf.Tensor {
    return tf.tidy(() => {
      const gamma = this.gamma.read() as tf.Tensor1D, beta = this.beta.read() as tf.Tensor1D;
      return normalizeBatch(x, gamma, beta, this.epsilon, this.onStatistics, then);
    });
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      if (kwargs.training) return this.callWith(x);
      const gamma = this.gamma.read() as tf.Tensor1D, beta = this.beta.read() as tf.Tensor1D;
      const mean = this.movingMean.read() as tf.Tensor1D;
      const variance = this.movingVariance.read() as tf.Tensor1D;
      return tf.batchNorm(x, mean, variance, beta, gamma, this.epsilon);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), momentum: this.momentum, epsilon: this.epsilon, axis: -1 };
  }

  private readonly onStatistics = (mean: tf.Tensor1D, variance: tf.Tensor1D): void => {
    this.move(this.movingMean, mean);
    this.move(this.movingVariance, variance);
  };

  /** moving <- momentum * moving + (1 - momentum) * batch */
  private move(moving: tf.LayerVariable, batch: tf.Tensor): void {
    const past = moving.read();
    moving.write(past.add(batch.sub(past).mul(1 - this.momentum)));
  }
}
tf.serialization.registerClass(BatchNormalization);

function fail(expected: string, received: number): never {
  throw new RangeError(
    `Cannot make BatchNormalization: expected ${expected}, received ${received}`,
  );
}
