/**
 * What section 4.4 says about the confusion matrices (figures 25 to 30 of the text), which are
 * pictures: the numbers of single emotions are all that can be compared. @module
 */
import type { PaperCorpus, PaperModel } from "./results.ts";

/** One sentence about one emotion. */
export interface ClassFact {
  /** The model. */
  model: PaperModel;
  /** The corpus. */
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
  /** What a reader should know. */
  note?: string;
}

/** All numbers of section 4.4, in its order. */
export const CLASS_FACTS: readonly ClassFact[] = [
  ...about("dbn", "ravdess", [
    {
      ...{ emotion: "neutral", rank: "lowest", printed: "0", correct: 0, support: 20 },
      confusions: [{ emotion: "calm", count: 9 }],
      note: "support 20 here, 21 for every other model",
    },
    {
      ...{ emotion: "angry", rank: "lowest", printed: "0", correct: 0, support: 36 },
      confusions: [{ emotion: "surprise", count: 27 }],
    },
    { emotion: "surprise", rank: "best", printed: "80.5", correct: 33, support: 41 },
  ]),
  ...about("dbn", "savee", [
    {
      ...{ emotion: "anger", rank: "lowest", printed: "25", correct: 3, support: 12 },
      confusions: [{ emotion: "sadness", count: 8 }],
    },
    { emotion: "surprise", rank: "best", printed: "66.7", correct: 8, support: 12 },
  ]),
  ...about("sdnn", "ravdess", [
    {
      ...{ emotion: "neutral", rank: "lowest", printed: "14.3", correct: 3, support: 21 },
      implied: true,
      confusions: [{ emotion: "sad", count: 5 }, { emotion: "disgust", count: 5 }],
    },
    { emotion: "surprise", rank: "best", printed: "61", correct: 25, support: 41 },
  ]),
  ...about("sdnn", "savee", [
    {
      ...{ emotion: "surprise", rank: "lowest", printed: "33.3", correct: 4, support: 12 },
      confusions: [{ emotion: "fear", count: 5 }],
    },
    { emotion: "neutral", rank: "best", printed: "91.3", correct: 21, support: 23 },
  ]),
  ...about("lstm", "ravdess", [
    {
      ...{ emotion: "happy", rank: "lowest", printed: "44.8", correct: 13, support: 29 },
      implied: true,
      confusions: [{ emotion: "fearful", count: 7 }],
    },
    {
      ...{ emotion: "neutral", rank: "second lowest", printed: "66.7", correct: 14, support: 21 },
      implied: true,
      confusions: [{ emotion: "sad", count: 3 }],
    },
    { emotion: "calm", rank: "best", printed: "80", correct: 32, support: 40 },
    { emotion: "surprise", rank: "second best", printed: "78", correct: 32, support: 41 },
  ]),
  ...about("lstm", "savee", [
    {
      ...{ emotion: "happiness", rank: "lowest", printed: "36.4", correct: 4, support: 11 },
      confusions: [{ emotion: "anger", count: 3 }, { emotion: "surprise", count: 3 }],
      note: 'the confusions are printed as "3 out of 12", the support as 11',
    },
    {
      ...{ emotion: "neutral", rank: "best", printed: "95.6", correct: 22, support: 23 },
      note: "22/23 is 95.65: cut, not rounded",
    },
  ]),
  ...about("lstm-attention", "ravdess", [
    {
      ...{ emotion: "sad", rank: "lowest", printed: "50", correct: 22, support: 44 },
      confusions: [{ emotion: "disgust", count: 6 }],
    },
    { emotion: "calm", rank: "best", printed: "95", correct: 38, support: 40 },
  ]),
  ...about("lstm-attention", "savee", [
    {
      ...{ emotion: "happiness", rank: "lowest", printed: "27.3", correct: 3, support: 11 },
      confusions: [{ emotion: "surprise", count: 3 }],
    },
    {
      ...{ emotion: "neutral", rank: "best", printed: "95.6", correct: 22, support: 23 },
      note: "22/23 is 95.65: cut, not rounded",
    },
  ]),
  ...about("cnn", "ravdess", [
    {
      ...{ emotion: "neutral", rank: "lowest", printed: "28.6", correct: 6, support: 21 },
      confusions: [{ emotion: "calm", count: 8 }],
    },
    { emotion: "calm", rank: "best", printed: "85", correct: 34, support: 40 },
  ]),
  ...about("cnn", "savee", [
    {
      ...{ emotion: "disgust", rank: "lowest", printed: "10", correct: 1, support: 10 },
      confusions: [{ emotion: "sadness", count: 4 }, { emotion: "neutral", count: 3 }],
    },
    { emotion: "neutral", rank: "best", printed: "82.6", correct: 19, support: 23 },
  ]),
  ...about("cnn-attention", "ravdess", [
    {
      ...{ emotion: "neutral", rank: "lowest", printed: "57", correct: 12, support: 21 },
      implied: true,
      confusions: [{ emotion: "calm", count: 9 }],
    },
    {
      ...{ emotion: "calm", rank: "best", printed: "97", correct: 39, support: 40 },
      note: "39/40 is 97.5: cut, not rounded",
    },
  ]),
  ...about("cnn-attention", "savee", [
    {
      ...{ emotion: "disgust", rank: "lowest", printed: "60", correct: 6, support: 10 },
      confusions: [{ emotion: "neutral", count: 2 }],
    },
    {
      ...{ emotion: "anger", rank: "best", printed: "91.6", correct: 11, support: 12 },
      note: "11/12 is 91.67: cut, not rounded",
    },
    {
      ...{ emotion: "sadness", rank: "best", printed: "91.6", correct: 11, support: 12 },
      note: "11/12 is 91.67: cut, not rounded",
    },
  ]),
];

/**
 * What the paper says about the emotions of one model on one corpus.
 * @param model Name of the model.
 * @param corpus Name of the corpus.
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

function about(
  model: PaperModel,
  corpus: PaperCorpus,
  facts: Omit<ClassFact, "model" | "corpus">[],
): ClassFact[] {
  return facts.map((fact) => ({ model, corpus, ...fact }));
}
