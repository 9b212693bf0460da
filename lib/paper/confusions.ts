/**
 * What section 4.4 says about the confusion matrices (figures 25 to 30 of the text), which are
 * pictures: the numbers of single emotions are all that can be compared. They are in
 * `data/paper/class_facts.json`. @module
 */
import classFactsOfPaper from "../../data/paper/class_facts.json" with { type: "json" };
import type { PaperCorpus, PaperModel } from "./results.ts";

/** One sentence about one emotion. */
export interface ClassFact {
  model: PaperModel;
  corpus: PaperCorpus;
  /** The emotion, by its name in Table 1. */
  emotion: string;
  /** Why it is mentioned. */
  rank: "best" | "lowest" | "second lowest" | "second best";
  /** Recall in percent as printed. */
  printed: string;
  /** Utterances recognised. */
  correct: number;
  /** Test utterances of that emotion. */
  support: number;
  /** True if `correct` is not printed but follows from percentage and support. */
  implied?: true;
  /** What it is confused with, and how often. */
  confusions?: readonly { emotion: string; count: number }[];
  note?: string;
}

/** All numbers of section 4.4, in its order. */
export const CLASS_FACTS = classFactsOfPaper as readonly ClassFact[];

/**
 * What the paper says about the emotions of one model on one corpus.
 * @returns In the paper's order; empty if it says nothing.
 * @example Usage
 * ```ts
 * import { classFacts } from "ser/paper/confusions.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(classFacts("cnn-attention", "ravdess")[1].correct, 39); // calm, 39 of 40
 * ```
 */
export const classFacts = (model: string, corpus: string): ClassFact[] =>
  CLASS_FACTS.filter((fact) => fact.model === model && fact.corpus === corpus);
