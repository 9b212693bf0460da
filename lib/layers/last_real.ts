/** The last frame of speech, where padding may follow it. @module */
import * as tf from "@tensorflow/tfjs";

/**
 * The last frame whose mask is 1; the very last where no mask is 1.
 * @param frames Shape `[batch, time, features]`.
 * @param real 1 for real frames and 0 for padding, shape `[batch, time]`, float32.
 * @returns Shape `[batch, features]`.
 */
export function lastReal(frames: tf.Tensor3D, real: tf.Tensor2D): tf.Tensor2D {
  const time = frames.shape[1];
  const position = tf.range(1, time + 1); // 1 .. time: the largest real position is the last
  const index = real.mul(position).max(1).add(time - 1).mod(time).cast("int32"); // 0 -> time - 1
  const chosen = tf.oneHot(index as tf.Tensor1D, time).cast("float32").expandDims(1);
  return chosen.matMul(frames).squeeze([1]) as tf.Tensor2D;
}

/**
 * {@linkcode lastReal} as a layer: behind an LSTM that returns all its states it gives the state
 * after the last frame of speech. What padding behind the speech does to the states is then not seen,
 * as with Keras's `Masking` in front of the LSTM.
 * Shapes `[batch, time, features]` and `[batch, time]` (1 real, 0 padding) in, `[batch, features]` out.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { LastReal } from "ser/layers/last_real.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const states = tf.tensor3d([[[1], [2], [3]]]), real = tf.tensor2d([[1, 1, 0]]);
 * const last = new LastReal({}).apply([states, real]) as tf.Tensor;
 * deepStrictEqual(last.arraySync(), [[2]]);
 * ```
 */
export class LastReal extends tf.layers.Layer {
  static className = "LastReal";

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [[batch, , features]] = inputShape as tf.Shape[];
    return [batch, features];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const shapes = [inputs].flat().map(({ shape }) => shape);
    const [frames, real] = shapes;
    const fit = shapes.length === 2 && frames.length === 3 && real.length === 2 &&
      frames[1] === real[1];
    if (!fit) {
      throw new TypeError(
        `Cannot apply LastReal "${this.name}": expected [batch, time, features] and [batch, time], received ${
          shapes.map((shape) => `[${shape.join(", ")}]`).join(" and ")
        }`,
      );
    }
    return tf.tidy(() => lastReal(...inputs as [tf.Tensor3D, tf.Tensor2D]));
  }
}
tf.serialization.registerClass(LastReal);
