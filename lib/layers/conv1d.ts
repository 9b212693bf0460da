/** A convolution layer with Keras's weights and results, over time with stride 1. @module */
import * as tf from "@tensorflow/tfjs";
import { conv1d, type Conv1dPadding } from "../backend/conv1d.ts";

type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];

/** Options of {@linkcode Conv1D}. */
export type Conv1DArgs = LayerArgs & {
  /** Number of filters, `>= 1`. */
  filters: number;
  /** Frames that a filter sees, `>= 1`. */
  kernelSize: number;
  /** `"same"` surrounds the frames with zeros, so that their number stays. @default {"valid"} */
  padding?: Conv1dPadding;
  /** Integer in [0, 2^31): the initial weights follow from it. @default {0} */
  seed?: number;
};

/**
 * Weights: `kernel` `[kernelSize, in, filters]`, Glorot uniform, and `bias` `[filters]`, zeros: in name,
 * order and result those of Keras 3's layer of this name with its default settings.
 * Shape `[batch, time, in]` in, `[batch, time - kernelSize + 1, filters]` (or `time`) out.
 * @throws {RangeError} If a number or the padding is out of range.
 * @throws {TypeError} If the input is not `[batch, time, in]`.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { Conv1D } from "ser/layers/conv1d.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const layer = new Conv1D({ filters: 2, kernelSize: 3 });
 * deepStrictEqual((layer.apply(tf.ones([1, 5, 4])) as tf.Tensor).shape, [1, 3, 2]);
 * deepStrictEqual(layer.getWeights().map((w) => w.shape), [[3, 4, 2], [2]]);
 * ```
 */
export class Conv1D extends tf.layers.Layer {
  static className = "Conv1D";
  readonly filters: number;
  readonly kernelSize: number;
  readonly padding: Conv1dPadding;
  readonly seed: number;
  private kernel!: tf.LayerVariable;
  private bias!: tf.LayerVariable;

  constructor(args: Conv1DArgs) {
    super(args);
    const { filters, kernelSize, padding = "valid", seed = 0 } = args;
    for (const [name, value] of Object.entries({ filters, kernelSize })) {
      if (!Number.isInteger(value) || value < 1) fail(`${name} >= 1`, value);
    }
    if (padding !== "valid" && padding !== "same") fail('padding "valid" or "same"', padding);
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31) fail("a seed in [0, 2^31)", seed);
    this.filters = filters;
    this.kernelSize = kernelSize;
    this.padding = padding;
    this.seed = seed;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = this.frames(inputShape)[2]!;
    const glorot = tf.initializers.glorotUniform({ seed: this.seed });
    const shape = [this.kernelSize, channels, this.filters];
    this.kernel = this.addWeight("kernel", shape, "float32", glorot);
    this.bias = this.addWeight("bias", [this.filters], "float32", tf.initializers.zeros());
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, time] = this.frames(inputShape);
    const lost = this.padding === "same" ? 0 : this.kernelSize - 1;
    return [batch, time === null ? null : time - lost, this.filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor3D;
      const kernel = this.kernel.read() as tf.Tensor3D, bias = this.bias.read() as tf.Tensor1D;
      return conv1d(x, kernel, bias, this.padding);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { filters, kernelSize, padding, seed } = this;
    return { ...super.getConfig(), filters, kernelSize, padding, seed };
  }

  /** The shape of the input, checked. */
  private frames(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as tf.Shape;
    if (shape.length === 3) return shape;
    throw new TypeError(
      `Cannot apply Conv1D "${this.name}": expected input [batch, time, in], received [${
        shape.map((n) => n ?? "null").join(", ")
      }]`,
    );
  }
}
tf.serialization.registerClass(Conv1D);

function fail(expected: string, received: unknown): never {
  throw new RangeError(`Cannot make Conv1D: expected ${expected}, received ${received}`);
}
