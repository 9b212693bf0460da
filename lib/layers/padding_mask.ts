/** Which positions of a convolved sequence see anything but padding. @module */
import * as tf from "@tensorflow/tfjs";

type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];

/** Options of {@linkcode PaddingMask}. */
export type PaddingMaskArgs = LayerArgs & {
  /** Input frames that one position sees, `>= 1`. */
  receptiveField: number;
};

/**
 * The mask of a stack of stride-1 convolutions without padding: 1 where at least one of the frames
 * that a position sees is not all zeros, else 0. tf.layers hands no mask through a convolution, so a
 * model computes it from its input and gives it to `Attention` as the second input.
 * Shape `[batch, frames, features]` in, `[batch, frames - receptiveField + 1]` out.
 * @throws {RangeError} If receptiveField is not an integer >= 1.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { PaddingMask } from "ser/layers/padding_mask.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const mask = new PaddingMask({ receptiveField: 2 }).apply(tf.tensor3d([[[0], [0], [7], [9]]]));
 * deepStrictEqual((mask as tf.Tensor).arraySync(), [[0, 1, 1]]);
 * ```
 */
export class PaddingMask extends tf.layers.Layer {
  static className = "PaddingMask";
  readonly receptiveField: number;

  constructor(args: PaddingMaskArgs) {
    super(args);
    if (!Number.isInteger(args.receptiveField) || args.receptiveField < 1) {
      throw new RangeError(
        `Cannot make PaddingMask: expected receptiveField >= 1, received ${args.receptiveField}`,
      );
    }
    this.receptiveField = args.receptiveField;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, frames] = inputShape as tf.Shape;
    return [batch, frames === null ? null : frames - this.receptiveField + 1];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const real = x.notEqual(0).any(-1).cast("int32"); // [batch, frames]
      const positions = x.shape[1]! - this.receptiveField + 1;
      const before = real.cumsum(1, true); // real frames before each frame
      const through = real.cumsum(1); // ... and with it
      const seen = through.slice([0, this.receptiveField - 1], [-1, positions])
        .sub(before.slice([0, 0], [-1, positions]));
      return seen.greater(0).cast("float32");
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), receptiveField: this.receptiveField };
  }
}
tf.serialization.registerClass(PaddingMask);
