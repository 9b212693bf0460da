/** LSTM-ATN: two LSTM layers, attention over all frames, dropout, softmax (section 3.4). @module */
import * as tf from "@tensorflow/tfjs";
import type { AttentionScore } from "../layers/attention.ts";
import type { LstmOptions } from "./lstm.ts";
import { attended, checkSize, emotionSoftmax, lastDropout } from "./parts.ts";
import { recurrentLayers } from "./recurrent.ts";
import { checkOptions } from "../support/options.ts";

/** Sizes and switches; the defaults are the paper's. */
export interface LstmAttentionOptions extends LstmOptions {
  /** Attention score. @default {"general"} */
  score?: AttentionScore;
  /**
   * Give padding (all-zero frames) no attention, and take the state after the last frame of speech
   * as the query. The LSTM layers themselves run over all frames. @default {false}
   */
  masking?: boolean;
}

/**
 * Builds LSTM-ATN: MFCCs `[batch, frames, 40]` in, probabilities `[batch, classes]` out.
 * @returns A model with 102,932 weights for 8 classes and 102,803 for 7, untrained.
 * @throws {RangeError} If an option is out of range.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { lstmAttention } from "ser/models/lstm_attention.ts";
 * import { strictEqual } from "node:assert/strict";
 * await loadBackend();
 * const model = lstmAttention({ frames: 228, classes: 8, seed: 0 });
 * strictEqual(model.countParams(), 102932);
 * model.dispose();
 * ```
 */
export function lstmAttention(options: LstmAttentionOptions): tf.LayersModel {
  checkOptions("build LSTM-ATN", options, "frames classes coefficients seed score dropout masking");
  const { frames, classes, coefficients, seed, dropout, score, masking } = {
    coefficients: 40,
    dropout: 0.5,
    score: "general" as const,
    masking: false,
    ...options,
  };
  checkSize("LSTM-ATN", "frames", frames, 1);
  checkSize("LSTM-ATN", "classes", classes, 2);

  const mfcc = tf.input({ shape: [frames, coefficients], name: "mfcc" });
  const states = recurrentLayers(mfcc, { seed, returnSequences: true });
  const vector = attended(states, mfcc, { seed, score, masking, receptiveField: 1 });
  const kept = lastDropout(vector, dropout, seed);
  const emotion = emotionSoftmax(kept, classes, seed);
  return tf.model({ name: "lstm_attention", inputs: mfcc, outputs: emotion });
}
