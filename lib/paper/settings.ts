/** What the paper says about training each model, and what it leaves open. @module */
import type { PaperModel } from "./results.ts";

/** Hyper-parameters as the paper states them; undefined where it does not. */
export interface PaperSettings {
  /** The section that describes the model. */
  section: string;
  /** What goes in. */
  input: "time average of 40 MFCCs" | "sequence of 40 MFCCs";
  /** Learning rate (3.1, 3.7). */
  learningRate: number;
  /** "becomes 1e-4 in 100 epochs" (3.7): the second rate and when. */
  laterRate?: { rate: number; afterEpochs: number };
  /** Passes over the training set; stated for the DBN alone. */
  epochs?: number;
  /** Examples per step (3.1, 3.7). */
  batchSize: number;
  /** Share of values set to zero. */
  dropout: number;
  /** Where dropout stands. */
  dropoutAfter: string;
}

const FALLING = {
  learningRate: 1e-3,
  laterRate: { rate: 1e-4, afterEpochs: 100 },
  batchSize: 32,
  dropout: 0.5,
  input: "sequence of 40 MFCCs",
} as const;

/** Sections 3.1 to 3.7. Optimizer of all but the DBN: Adam; loss: sparse categorical cross-entropy. */
export const PAPER_SETTINGS: Readonly<Record<PaperModel, PaperSettings>> = {
  dbn: {
    section: "3.1",
    input: "time average of 40 MFCCs",
    learningRate: 0.05,
    epochs: 1000,
    batchSize: 32,
    dropout: 0.2,
    dropoutAfter: "input and hidden layers",
  },
  sdnn: {
    section: "3.2",
    input: "time average of 40 MFCCs",
    learningRate: 1e-4,
    batchSize: 32,
    dropout: 0.1,
    dropoutAfter: "both hidden layers",
  },
  lstm: { section: "3.3", ...FALLING, dropoutAfter: "the second LSTM layer" },
  "lstm-attention": { section: "3.4", ...FALLING, dropoutAfter: "the attention layer" },
  cnn: { section: "3.5", ...FALLING, dropoutAfter: "convolutions 1 to 4" },
  "cnn-attention": { section: "3.6", ...FALLING, dropoutAfter: "convolutions 1 to 3" },
};
