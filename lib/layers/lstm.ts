/** An LSTM layer with Keras's weights and results, computed in one operation where the back end has one. @module */
import * as tf from "@tensorflow/tfjs";
import { lstmSequence } from "../backend/lstm.ts";
import { deriveSeed } from "../support/random.ts";
import { orthogonalMatrix } from "./orthogonal.ts";

type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];
type Initializer = NonNullable<Parameters<tf.layers.Layer["addWeight"]>[3]>;

/** The settings of tf.layers' and Keras's class that this one has at their Keras defaults only. */
const FIXED = {
  activation: "tanh",
  recurrentActivation: "sigmoid",
  useBias: true,
  unitForgetBias: true,
  returnState: false,
  goBackwards: false,
  stateful: false,
  dropout: 0,
  recurrentDropout: 0,
} as const;

/** Options of {@linkcode LSTM}. */
export type LSTMArgs = LayerArgs & {
  /** Length of the hidden state, `>= 1`. */
  units: number;
  /** Return the hidden states of all frames instead of the last one. @default {false} */
  returnSequences?: boolean;
  /** Integer in [0, 2^31): the initial weights follow from it. @default {0} */
  seed?: number;
};

/**
 * Long short-term memory. With the frame x, the hidden state h and the cell c of the frame before,
 * and `[i, f, g, o]` the four parts of `x W + h U + b`:
 * `c' = sigmoid(f) c + sigmoid(i) tanh(g)`, `h' = sigmoid(o) tanh(c')`; h and c start from zero.
 * Weights: `kernel` W `[features, 4 units]`, Glorot uniform; `recurrent_kernel` U
 * `[units, 4 units]`, orthogonal; `bias` b `[4 units]`, 1 for the forget gate and 0 elsewhere. Same
 * weights, in the same order, and same results as Keras 3's layer of this name with its default
 * settings; it takes the place of tf.layers' class, and refuses other settings and masks. Directly behind
 * a model's input it may give that no gradient, which saves time.
 * Shape `[batch, time, features]` in, `[batch, units]` or `[batch, time, units]` out.
 * @throws {RangeError} If units, seed or a setting is not one of the above.
 * @throws {TypeError} If the input is not `[batch, time, features]`, or there is a mask.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { LSTM } from "ser/layers/lstm.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const layer = new LSTM({ units: 2, returnSequences: true, seed: 1 });
 * const states = layer.apply(tf.ones([1, 5, 3])) as tf.Tensor;
 * deepStrictEqual(states.shape, [1, 5, 2]);
 * deepStrictEqual(layer.getWeights().map((w) => w.shape), [[3, 8], [2, 8], [8]]);
 * ```
 */
export class LSTM extends tf.layers.Layer {
  static className = "LSTM";
  readonly units: number;
  readonly returnSequences: boolean;
  readonly seed: number;
  private kernel!: tf.LayerVariable;
  private recurrentKernel!: tf.LayerVariable;
  private bias!: tf.LayerVariable;

  constructor(args: LSTMArgs) {
    super(args);
    const { units, returnSequences = false, seed = 0 } = args;
    if (!Number.isInteger(units) || units < 1) fail("units >= 1", units);
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31) fail("a seed in [0, 2^31)", seed);
    const given: Record<string, unknown> = { ...args };
    for (const [name, value] of Object.entries(FIXED)) {
      const received = given[name] ?? value;
      if (received !== value) fail(`${name} ${value}`, received);
    }
    this.units = units;
    this.returnSequences = returnSequences;
    this.seed = seed;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const units = this.units, features = this.frames(inputShape)[2]!;
    const glorot = tf.initializers.glorotUniform({ seed: deriveSeed(this.seed, "kernel") });
    const orthogonal = orthogonalMatrix(units, 4 * units, deriveSeed(this.seed, "recurrent"));
    const forgetOne = new Float32Array(4 * units).fill(1, units, 2 * units);
    this.kernel = this.addWeight("kernel", [features, 4 * units], "float32", glorot);
    this.recurrentKernel = this.addWeight(
      "recurrent_kernel",
      [units, 4 * units],
      "float32",
      startFrom(orthogonal),
    );
    this.bias = this.addWeight("bias", [4 * units], "float32", startFrom(forgetOne));
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, time] = this.frames(inputShape);
    return this.returnSequences ? [batch, time, this.units] : [batch, this.units];
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { mask?: unknown }): tf.Tensor {
    return tf.tidy(() => {
      if (kwargs?.mask) this.fail("no mask", "one");
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor3D;
      this.frames(x.shape);
      return lstmSequence(
        x,
        this.kernel.read() as tf.Tensor2D,
        this.recurrentKernel.read() as tf.Tensor2D,
        this.bias.read() as tf.Tensor1D,
        { returnSequences: this.returnSequences, inputGradient: !this.readsData() },
      );
    });
  }

  /** Whether the layer is in a model only once, directly behind the model's input. */
  private readsData(): boolean {
    const [node, ...others] = this.inboundNodes;
    return node !== undefined && others.length === 0 &&
      node.inboundLayers.every((layer) => layer.getClassName() === "InputLayer");
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { units, returnSequences, seed } = this;
    return { ...super.getConfig(), ...FIXED, units, returnSequences, seed };
  }

  /** The shape of the input, checked. */
  private frames(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as tf.Shape;
    if (shape.length === 3) return shape;
    this.fail(
      "input [batch, time, features]",
      `[${shape.map((n) => n ?? "null").join(", ")}]`,
    );
  }

  private fail(expected: string, received: string): never {
    throw new TypeError(
      `Cannot apply LSTM "${this.name}": expected ${expected}, received ${received}`,
    );
  }
}
tf.serialization.registerClass(LSTM);

/** An initializer that gives these values. */
const startFrom = (values: Float32Array): Initializer =>
  ({ apply: (shape: tf.Shape) => tf.tensor(values, shape as number[]) }) as Initializer;

function fail(expected: string, received: unknown): never {
  throw new RangeError(`Cannot make LSTM: expected ${expected}, received ${received}`);
}
