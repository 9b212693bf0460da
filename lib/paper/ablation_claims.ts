/** What section 4.2 claims of its ablations, in numbers of a run. @module */
import type { PaperCorpus, PaperModel, PaperResult } from "./results.ts";

/** What is measured of a run. */
export type RunQuantity =
  | "accuracy"
  | "overfitting"
  | "last test loss"
  | "rise of the test loss"
  | "jumps of the test loss";

/** One claim. */
export interface AblationClaim {
  /** The corpus. */
  corpus: PaperCorpus;
  /** The model. */
  model: PaperModel;
  /** What is changed. */
  change: NonNullable<PaperResult["change"]>;
  /** What the claim is about. */
  quantity: RunQuantity;
  /** Compared with what: with the model as it usually is, or the change's own quantity with 0. */
  than: "usual" | "zero";
  /** What the changed model's quantity is said to be. */
  expected: "higher" | "lower" | "equal";
  /** The numbers that the paper gives for it. */
  printed: string;
}

type Rest = Omit<AblationClaim, "corpus" | "model" | "change">;

/** All claims in the paper's order. */
export const ABLATION_CLAIMS: readonly AblationClaim[] = [
  ...about("ravdess", "cnn", "zero padding", [
    usual("accuracy", "equal", "70.5 % both"),
    usual("overfitting", "equal", "30 % both"),
    rises("grows from epoch 50 on, exceeds 2"),
  ]),
  ...about("ravdess", "cnn", "zero padding and LeakyReLU", [
    usual("accuracy", "lower", "67 % for 70.5 %"),
    usual("overfitting", "higher", "33 % for 30 %"),
    usual("jumps of the test loss", "lower", "no number"),
    rises("grows from epoch 50 on, to 3 and 4"),
  ]),
  ...about("savee", "cnn", "zero padding and LeakyReLU", [
    usual("accuracy", "higher", "55.7 % for 55.2 %"),
    usual("overfitting", "lower", "by 0.5 %"),
    usual("jumps of the test loss", "lower", "no number"),
    rises("grows from epoch 50 on, to 3.5"),
    usual("last test loss", "lower", "3.5 for 4.5"),
  ]),
  ...about("ravdess", "cnn-attention", "without dropout", [
    usual("accuracy", "lower", "65 % for 77 %"),
    usual("overfitting", "higher", '"45%"'),
    usual("last test loss", "higher", "about 2.5 for about 1"),
  ]),
  ...about("savee", "cnn-attention", "without dropout", [
    usual("accuracy", "lower", "47 % for 74 %"),
    usual("overfitting", "higher", '"63%"'),
    rises("from 1.3 at epoch 25 to 1.6"),
    usual("last test loss", "higher", "1.6 for about 1.5"),
  ]),
];

function about(
  corpus: PaperCorpus,
  model: PaperModel,
  change: AblationClaim["change"],
  claims: readonly Rest[],
): AblationClaim[] {
  return claims.map((claim) => ({ corpus, model, change, ...claim }));
}

function usual(quantity: RunQuantity, expected: AblationClaim["expected"], printed: string): Rest {
  return { quantity, than: "usual", expected, printed };
}

function rises(printed: string): Rest {
  return { quantity: "rise of the test loss", than: "zero", expected: "higher", printed };
}
