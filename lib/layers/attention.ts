/**
 * Many-to-one attention over time (section 3.4 of the paper), as the package that it names computes
 * it: Luong, Pham & Manning 2015, arXiv 1508.04025, and Bahdanau, Cho & Bengio 2015, arXiv 1409.0473,
 * with the last frame as the query. @module
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../support/random.ts";
import { lastReal } from "./last_real.ts";

type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];

/** How a frame `h_s` is compared with the last frame `h_t`. */
export type AttentionScore = keyof typeof SCORES;

/** The weights of each score. */
const SCORES = { general: ["W_s"], dot: [], bahdanau: ["W_1", "W_2", "v"] } as const;

/** Options of {@linkcode Attention}. */
export type AttentionArgs = LayerArgs & {
  /** Length of the attention vector. @default {128} */
  units?: number;
  /**
   * `"general"`: `h_s^T W_s h_t` (what the package computes); `"dot"`: `h_s^T h_t` (what the paper
   * prints); `"bahdanau"`: `v^T tanh(W_1 h_t + W_2 h_s)`.
   * @default {"general"}
   */
  score?: AttentionScore;
  /** Return `[attention vector, alpha]` instead of the vector alone. @default {false} */
  returnWeights?: boolean;
  /**
   * Give padding no weight, and take the last real frame as `h_t`. Which frames are real: the second
   * input `[batch, time]` (1 real, 0 padding) if there is one, else the mask that tf.layers hands on
   * (from `tf.layers.masking`), else every frame that is not all zeros.
   * @default {false}
   */
  masking?: boolean;
  /** Seed of the initial weights, integer in [0, 2^31); without it they are not repeatable. */
  seed?: number;
};

/** Weighted sum of the frames and what it came from. */
export interface AttentionParts {
  /** Attention weights, shape `[batch, time]`; each row sums to 1. */
  alpha: tf.Tensor2D;
  /** `sum_t alpha_t h_t`, shape `[batch, features]`. */
  context: tf.Tensor2D;
  /** The query `h_t`, shape `[batch, features]`. */
  last: tf.Tensor2D;
}

/**
 * Attention of the last frame to all frames: `alpha = softmax(score(h_t, h_s))`,
 * `c = sum_s alpha_s h_s`, output `tanh(W_c [c; h_t])`. Weights are Glorot uniform, without biases:
 * `W_s` `[features, features]` (general) or `W_1`, `W_2`, `v` (bahdanau), then `W_c`
 * `[2 features, units]`. In a row without any real frame all frames have the same weight (a
 * float32 score below 32 vanishes beside the -1e9 of padding), and the query is the last of them.
 * Shape `[batch, time, features]` in, `[batch, units]` out.
 * @throws {RangeError} If units or score is not one of the above.
 * @throws {TypeError} If the input is not `[batch, time, features]`.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { Attention } from "ser/layers/attention.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const layer = new Attention({ units: 4, returnWeights: true, score: "dot" });
 * const [vector, alpha] = layer.apply(tf.ones([1, 2, 3])) as tf.Tensor[];
 * deepStrictEqual(vector.shape, [1, 4]);
 * deepStrictEqual(alpha.arraySync(), [[0.5, 0.5]]); // equal frames, equal weights
 * ```
 */
export class Attention extends tf.layers.Layer {
  static className = "Attention";
  readonly units: number;
  readonly score: AttentionScore;
  readonly returnWeights: boolean;
  readonly masking: boolean;
  readonly seed: number | undefined;
  private scoreWeights: Record<string, tf.LayerVariable> = {};
  private outputWeights!: tf.LayerVariable;

  constructor(args: AttentionArgs = {}) {
    super(args);
    this.units = args.units ?? 128;
    this.score = args.score ?? "general";
    this.returnWeights = args.returnWeights ?? false;
    this.masking = args.masking ?? false;
    this.seed = args.seed;
    this.supportsMasking = this.masking;
    if (!Number.isInteger(this.units) || this.units < 1) {
      throw new RangeError(`Cannot make Attention: expected units >= 1, received ${this.units}`);
    }
    if (!Object.hasOwn(SCORES, this.score)) {
      const scores = Object.keys(SCORES).join(", ");
      throw new RangeError(
        `Cannot make Attention: expected a score of ${scores}, received "${this.score}"`,
      );
    }
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const features = this.frames(inputShape).at(-1)!;
    for (const name of SCORES[this.score]) {
      this.scoreWeights[name] = this.addGlorot(name, [features, name === "v" ? 1 : features]);
    }
    this.outputWeights = this.addGlorot("W_c", [2 * features, this.units]);
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    const [batch, time] = this.frames(inputShape);
    const vector = [batch, this.units];
    return this.returnWeights ? [vector, [batch, time]] : vector;
  }

  /** The time axis is gone: no mask goes on, which tf.layers writes as null for each output. */
  override computeMask(): tf.Tensor[] {
    return Array(this.returnWeights ? 2 : 1).fill(null);
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: { mask?: tf.Tensor | tf.Tensor[] },
  ): tf.Tensor | tf.Tensor[] {
    return tf.tidy(() => {
      const [frames, given] = Array.isArray(inputs) ? inputs : [inputs];
      this.frames(Array.isArray(inputs) ? inputs.map((x) => x.shape) : inputs.shape);
      const handedOn = Array.isArray(kwargs?.mask) ? kwargs.mask[0] : kwargs?.mask;
      const { alpha, context, last } = this.attend(frames as tf.Tensor3D, given ?? handedOn);
      const vector = tf.concat([context, last], 1).matMul(this.outputWeights.read()).tanh();
      return this.returnWeights ? [vector, alpha] : vector;
    });
  }

  /**
   * The layer's first half: weights, context and query. Call inside `tf.tidy`.
   * @param frames Shape `[batch, time, features]`.
   * @param mask With `masking`, 1 or true for real frames, shape `[batch, time]`.
   */
  attend(frames: tf.Tensor3D, mask?: tf.Tensor): AttentionParts {
    const real = this.masking ? realFrames(frames, mask) : undefined;
    const last = real ? lastReal(frames, real) : lastFrame(frames);
    const scores = this.scores(frames, last);
    // -1e9 is no real score, and stays finite in a row where every frame is masked
    const alpha = (real ? scores.add(real.sub(1).mul(1e9)) : scores).softmax() as tf.Tensor2D;
    const context = alpha.expandDims(1).matMul(frames).squeeze([1]) as tf.Tensor2D;
    return { alpha, context, last };
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { units, score, returnWeights, masking } = this;
    const config = { ...super.getConfig(), units, score, returnWeights, masking };
    return this.seed === undefined ? config : { ...config, seed: this.seed };
  }

  /** `[batch, time]` from frames `[batch, time, features]` and the query `[batch, features]`. */
  private scores(frames: tf.Tensor3D, last: tf.Tensor2D): tf.Tensor2D {
    const weight = (name: string) => this.scoreWeights[name].read() as tf.Tensor2D;
    if (this.score === "bahdanau") {
      const [batch, time, features] = frames.shape;
      const flat = frames.reshape([batch * time, features]) as tf.Tensor2D;
      const keys = flat.matMul(weight("W_2")).reshape(frames.shape);
      const hidden = keys.add(last.matMul(weight("W_1")).expandDims(1)).tanh();
      return hidden.reshape(flat.shape).matMul(weight("v")).reshape([batch, time]);
    }
    const query = this.score === "general" ? last.matMul(weight("W_s"), false, true) : last;
    return frames.matMul(query.expandDims(2)).squeeze([2]) as tf.Tensor2D;
  }

  /** The shape of the first input, checked. */
  private frames(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as tf.Shape[];
    if (shapes[0].length !== 3) {
      this.fail("input [batch, time, features]", shown(shapes[0]));
    }
    if (shapes.length > 1 && !this.masking) {
      this.fail("one input, or masking: true for a second", `${shapes.length} inputs`);
    }
    const [frames, mask] = shapes;
    if (mask && (mask.length !== 2 || mask[1] !== frames[1])) {
      this.fail(`a mask [batch, time] of ${shown(frames.slice(0, 2))}`, shown(mask));
    }
    return frames;
  }

  private fail(expected: string, received: string): never {
    throw new TypeError(
      `Cannot apply Attention "${this.name}": expected ${expected}, received ${received}`,
    );
  }

  private addGlorot(name: string, shape: number[]): tf.LayerVariable {
    const seed = this.seed === undefined ? undefined : deriveSeed(this.seed, name);
    return this.addWeight(name, shape, "float32", tf.initializers.glorotUniform({ seed }));
  }
}
tf.serialization.registerClass(Attention);

const shown = (shape: tf.Shape): string => `[${shape.map((n) => n ?? "null").join(", ")}]`;

/** `[batch, features]`, the frame at the end. */
function lastFrame(frames: tf.Tensor3D): tf.Tensor2D {
  return frames.slice([0, frames.shape[1] - 1, 0], [-1, 1, -1]).squeeze([1]);
}

/** 1 for real frames and 0 for padding, shape `[batch, time]`, float32. */
function realFrames(frames: tf.Tensor3D, mask?: tf.Tensor): tf.Tensor2D {
  return (mask ?? frames.notEqual(0).any(-1)).cast("float32") as tf.Tensor2D;
}
