/** LSTM, the paper's recurrent network: two LSTM layers, dropout, softmax (section 3.3). @module */
import * as tf from "@tensorflow/tfjs";
import { LastReal } from "../layers/last_real.ts";
import {
  checkSize,
  emotionSoftmax,
  type FramesOptions,
  lastDropout,
  paddingMask,
} from "./parts.ts";
import { recurrentLayers } from "./recurrent.ts";
import { checkOptions } from "../support/options.ts";

/** Sizes and switches; the defaults are the paper's. */
export interface LstmOptions extends FramesOptions {
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
  const kept = lastDropout(state as tf.SymbolicTensor, dropout, seed);
  return tf.model({ name: "lstm", inputs: mfcc, outputs: emotionSoftmax(kept, classes, seed) });
}
