/**
 * What section 4.2 claims of its ablations, in numbers of a run. The claims are in
 * `data/paper/ablation_claims.json`. @module
 */
import ablationClaims from "../../data/paper/ablation_claims.json" with { type: "json" };
import type { PaperCorpus, PaperModel, PaperResult } from "./results.ts";

/** What is measured of a run. */
export type RunQuantity =
  | "accuracy"
  | "overfitting"
  | "last test loss"
  | "rise of the test loss"
  | "jumps of the test loss";

export interface AblationClaim {
  corpus: PaperCorpus;
  model: PaperModel;
  change: NonNullable<PaperResult["change"]>;
  quantity: RunQuantity;
  /** Compared with what: with the model as it usually is, or the change's own quantity with 0. */
  than: "usual" | "zero";
  /** What the changed model's quantity is said to be. */
  expected: "higher" | "lower" | "equal";
  /** The numbers that the paper gives for it. */
  printed: string;
}

/** All claims in the paper's order. */
export const ABLATION_CLAIMS = ablationClaims as readonly AblationClaim[];
