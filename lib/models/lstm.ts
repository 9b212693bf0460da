/** LSTM, the paper's recurrent network: two LSTM layers, dropout, softmax (section 3.3). @module */
import * as tf from "@tensorflow/tfjs";
import { SeededDropout } from "../layers/dropout.ts";
import { LastReal } from "../layers/last_real.ts";
import { deriveSeed } from "../support/random.ts";
import { checkSize, emotionSoftmax, paddingMask } from "./parts.ts";
import { recurrentLayers } from "./recurrent.ts";
import { checkOptions } from "../support/options.ts";

/** Sizes and switches; the defaults are the paper's. */
export interface LstmOptions {
  /** Frames of an utterance, padding included, `>= 1`: 228 for RAVDESS, 308 for SAVEE. */
  frames: number;
  /** Emotions: 8 for RAVDESS, 7 for SAVEE. */
  classes: number;
  /** MFCCs in a frame. @default {40} */
  coefficients?: number;
  /** Integer in [0, 2^31): initial weights and dropout masks follow from it. */
  seed: number;
  /** Dropout rate before the softmax, in [0, 1). @default {0.5} */
  dropout?: number;
  /**
   * Read the emotion from the state after the last frame of speech, not after padding (all-zero
   * frames) behind it, as Keras's `Masking` does. Zeros before the speech are run over all the same.
   * @default {false}
   */
  masking?: boolean;
}

/**
 * Builds LSTM: MFCCs `[batch, frames, 40]` in, probabilities `[batch, classes]` out. The emotion is
 * read from the state after the last frame, so that with padding behind the speech it is read after
 * all of the padding.
 * @returns A model with 87,008 weights for 8 classes and 86,957 for 7, untrained.
 * @throws {RangeError} If an option is out of range.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { lstm } from "ser/models/lstm.ts";
 * import { strictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = lstm({ frames: 228, classes: 8, seed: 0 });
 * strictEqual(model.countParams(), 87008);
 * model.dispose();
 * ```
 */
export function lstm(options: LstmOptions): tf.LayersModel {
  checkOptions("build LSTM", options, "frames classes coefficients seed dropout masking");
  const { frames, classes, coefficients, seed, dropout, masking } = {
    coefficients: 40,
    dropout: 0.5,
    masking: false,
    ...options,
  };
  checkSize("LSTM", "frames", frames, 1);
  checkSize("LSTM", "classes", classes, 2);

  const mfcc = tf.input({ shape: [frames, coefficients], name: "mfcc" });
  const states = recurrentLayers(mfcc, { seed, returnSequences: masking });
  const state = masking
    ? new LastReal({ name: "last_real" }).apply([states, paddingMask(mfcc, 1)])
    : states;
  const drop = new SeededDropout({
    name: "dropout",
    rate: dropout,
    seed: deriveSeed(seed, "dropout"),
  });
  const kept = drop.apply(state) as tf.SymbolicTensor;
  return tf.model({ name: "lstm", inputs: mfcc, outputs: emotionSoftmax(kept, classes, seed) });
}
