/** A trained network from its file, ready to answer. @module */
import * as tf from "@tensorflow/tfjs";
import type { Matrix } from "../features/matrix.ts";
import { applyScaling } from "../features/scaling.ts";
import { Attention } from "../layers/attention.ts";
import { attentionReader } from "../models/attention_weights.ts";
import { buildModel, MODELS } from "../models/catalogue.ts";
import type { ModelFile } from "./model_file.ts";
import { paddedPart, type Part, placeAttention, type PlacedAttention } from "./part.ts";
import { restoreWeights } from "./weights.ts";

/** A recording as the networks read it. */
export interface NetworkInput {
  /** MFCCs of the whole recording, `[frames, coefficients]`. */
  mfcc: Matrix;
  /** The part that is read. */
  part: Part;
  /** Average over the part, `[coefficients]`. */
  means: Float32Array;
}

/** One network. */
export class LoadedModel {
  readonly #model: tf.LayersModel;
  readonly #run: (x: tf.Tensor) => { output: tf.Tensor; weights?: tf.Tensor };

  /**
   * @param file As `readModelFile` gives.
   * @throws {TypeError} If the weights do not fit the network.
   */
  constructor(readonly file: ModelFile) {
    const { model, modelOptions, features, labels, weights } = file;
    const input = { frames: features.frames, coefficients: features.nMfcc, classes: labels.length };
    this.#model = buildModel(model, input, modelOptions, 0);
    try {
      restoreWeights(this.#model, weights);
    } catch (error) {
      this.#model.dispose();
      throw error;
    }
    this.#run = this.#model.layers.some((layer) => layer instanceof Attention)
      ? attentionReader(this.#model) as (x: tf.Tensor) => { output: tf.Tensor; weights: tf.Tensor }
      : (x) => ({ output: this.#model.predict(x) as tf.Tensor });
  }

  /** The network's answer to a recording, not calibrated. */
  async answer(input: NetworkInput): Promise<{ raw: number[]; attention?: PlacedAttention }> {
    const { output, weights } = tf.tidy(() => this.#run(this.#tensor(input)));
    const raw = Array.from(await output.data());
    const alpha = await weights?.data();
    tf.dispose([output, ...(weights ? [weights] : [])]);
    return { raw, ...(alpha ? { attention: this.#place(alpha, input) } : {}) };
  }

  /** Frees the network. */
  dispose(): void {
    this.#model.dispose();
  }

  #tensor({ mfcc, part, means }: NetworkInput): tf.Tensor {
    const { model, features, scaling } = this.file;
    const values = MODELS[model].input === "frames"
      ? paddedPart(mfcc, { part, ...features })
      : applyScaling(means, scaling);
    return tf.tensor(values, [1, ...this.#model.inputs[0].shape.slice(1) as number[]]);
  }

  #place(alpha: ArrayLike<number>, { mfcc, part }: NetworkInput): PlacedAttention {
    const { frames, padding, hopLength, sampleRate } = this.file.features;
    const secondsPerFrame = hopLength / sampleRate;
    return placeAttention(alpha, { part, rows: mfcc.rows, frames, padding, secondsPerFrame });
  }
}
