/** Dropout that can be repeated: its mask depends on a seed and the training step alone. @module */
import * as tf from "@tensorflow/tfjs";
import { activate } from "../backend/activate.ts";

type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];

/** Options of {@linkcode SeededDropout}. */
export type SeededDropoutArgs = LayerArgs & {
  /** Share of the values that are set to zero, in [0, 1). */
  rate: number;
  /** Integer in [0, 2^31); give each layer its own, see `deriveSeed`. */
  seed: number;
};

/**
 * Inverted dropout (Srivastava et al., 2014): when training, each value is zero with probability
 * `rate`, else divided by `1 - rate`; otherwise the identity. The mask is a function of `seed` and
 * `step`; set `step` before each batch with {@linkcode setDropoutStep}, or every batch is masked
 * alike. So a run that goes on from step n draws what an uninterrupted one draws.
 * @throws {RangeError} If rate or seed is out of range.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { SeededDropout } from "ser/layers/dropout.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const layer = new SeededDropout({ rate: 0.5, seed: 1 });
 * const drop = (training: boolean) => (layer.apply(tf.ones([8]), { training }) as tf.Tensor).arraySync();
 * deepStrictEqual(drop(false), [1, 1, 1, 1, 1, 1, 1, 1]);
 * deepStrictEqual(drop(true), drop(true)); // same step, same mask
 * ```
 */
export class SeededDropout extends tf.layers.Layer {
  static className = "SeededDropout";
  readonly rate: number;
  readonly seed: number;
  /** Number of the training step, an integer in [0, 2^31). */
  step = 0;

  constructor(args: SeededDropoutArgs) {
    super(args);
    if (!(args.rate >= 0 && args.rate < 1)) {
      throw new RangeError(
        `Cannot make SeededDropout: expected a rate in [0, 1), received ${args.rate}`,
      );
    }
    if (!Number.isInteger(args.seed) || args.seed < 0 || args.seed >= 2 ** 31) {
      throw new RangeError(
        `Cannot make SeededDropout: expected a seed in [0, 2^31), received ${args.seed}`,
      );
    }
    this.rate = args.rate;
    this.seed = args.seed;
    this.supportsMasking = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      if (!kwargs.training || this.rate === 0) return x.clone();
      return activate(x, { slope: 1, keep: 1 - this.rate, seed: this.seed, step: this.step });
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate, seed: this.seed };
  }
}
tf.serialization.registerClass(SeededDropout);

/**
 * Sets the step of all dropout layers of a model.
 * @param model A model of tf.layers.
 * @param step Number of the training step since the run began, `>= 0`.
 */
export function setDropoutStep(model: tf.LayersModel, step: number): void {
  for (const layer of model.layers) {
    if (layer instanceof SeededDropout) layer.step = step;
  }
}

/**
 * What {@linkcode SeededDropout} does to plain numbers in training.
 * @param values Any numbers.
 * @param options Rate, seed and training step.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { dropOut } from "ser/layers/dropout.ts";
 * import { ok } from "node:assert/strict";
 * await loadBackend();
 * const kept = dropOut([1, 1, 1, 1], { rate: 0.5, seed: 0, step: 0 });
 * ok(kept.every((value) => value === 0 || value === 2));
 * ```
 */
export function dropOut(
  values: readonly number[],
  options: { rate: number; seed: number; step: number },
): number[] {
  const layer = new SeededDropout(options);
  layer.step = options.step;
  return tf.tidy(() => {
    const dropped = layer.apply(tf.tensor1d([...values]), { training: true }) as tf.Tensor;
    return Array.from(dropped.dataSync());
  });
}
