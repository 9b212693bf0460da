/** The ways to divide a corpus for an experiment, by name. @module */
import { corpusInfo } from "../info.ts";
import { randomSplit, type Split } from "../splits.ts";
import type { CorpusName, NameFacts } from "../types.ts";
import { type HeldOut, holdOut } from "./held_out.ts";
import { SENTENCE_FOLDS } from "./sentences.ts";
import { SPEAKER_FOLDS } from "./speakers.ts";
import { stratifiedSplit } from "./stratified.ts";

/** All protocols, P1 to P4; the first is the paper's. */
export const PROTOCOL_NAMES = [
  "random",
  "stratified",
  "speaker-independent",
  "sentence-independent",
] as const;

/** The name of a protocol. */
export type ProtocolName = typeof PROTOCOL_NAMES[number];

/** A protocol on a corpus; an experiment is one. */
export interface SplitPlan {
  /** The corpus. */
  corpus: CorpusName;
  /** The protocol. */
  split: ProtocolName;
  /** Which fold, from 1, where the protocol has folds (`foldCount`). */
  fold?: number;
  /** Decides the parts where it has none. */
  seed: number;
}

/** What a protocol looks at of an utterance. */
export type Divisible = Pick<NameFacts, "label" | "speaker" | "sentence">;

/**
 * Divides the utterances of a corpus.
 * @param utterances All of them, in the order of `loadCorpus`.
 * @param plan Protocol, corpus, fold and seed.
 * @returns Indices of each part.
 * @throws {RangeError} If there is no such fold, or the corpus cannot be divided so: because of what its
 * names say, or because utterances are missing.
 * @example Usage
 * ```ts
 * import { loadCorpus } from "ser/corpora/load.ts";
 * import { splitUtterances } from "ser/corpora/protocols/protocol.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const { utterances } = await loadCorpus("emodb");
 * const plan = { corpus: "emodb", split: "speaker-independent", fold: 2, seed: 0 } as const;
 * const { test } = splitUtterances(utterances, plan);
 * deepStrictEqual([...new Set([...test].map((i) => utterances[i].speaker))], ["09", "10"]);
 * ```
 */
export function splitUtterances(utterances: readonly Divisible[], plan: SplitPlan): Split {
  const { split: protocol, seed } = plan;
  const labels = utterances.map(({ label }) => label);
  if (protocol === "random") return randomSplit(utterances.length, { seed });
  if (protocol === "stratified") return stratifiedSplit(labels, { seed });
  const group = protocol === "speaker-independent" ? "speaker" : "sentence";
  const split = holdOut(utterances.map((utterance) => utterance[group]), heldOut(plan));
  checkParts(split, labels, plan);
  return split;
}

/**
 * How many folds a protocol has on a corpus; 0 where the seed decides the parts.
 * @throws {RangeError} If the corpus cannot be divided so.
 * @example Usage
 * ```ts
 * import { foldCount } from "ser/corpora/protocols/protocol.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(foldCount("speaker-independent", "savee"), 4);
 * strictEqual(foldCount("random", "savee"), 0);
 * ```
 */
export const foldCount = (protocol: ProtocolName, corpus: CorpusName): number =>
  foldLists(protocol, corpus).length;

/**
 * Which part is looked at after each epoch: a validation part where there is one, else, as in the
 * paper, the test part.
 */
export const curvePart = (plan: Omit<SplitPlan, "seed">): "validation" | "test" =>
  plan.split === "stratified" || foldLists(plan.split, plan.corpus).some((fold) => fold.validation)
    ? "validation"
    : "test";

/** The protocol in the words of a table. */
export function splitInWords({ corpus, split, fold }: Omit<SplitPlan, "seed">): string {
  if (split === "random") return "random 80/20, speakers on both sides";
  if (split === "stratified") return "stratified 64/16/20, speakers on both sides";
  const what = split === "speaker-independent" ? "new speakers" : "new sentences";
  return `${what}, fold ${fold} of ${foldCount(split, corpus)}`;
}

/** The folds of a protocol; none where the seed decides. */
function foldLists(protocol: ProtocolName, corpus: CorpusName): readonly HeldOut[] {
  if (protocol === "random" || protocol === "stratified") return [];
  if (protocol === "speaker-independent") return SPEAKER_FOLDS[corpus];
  const folds = SENTENCE_FOLDS[corpus];
  if (folds) return folds;
  throw new RangeError(
    `Cannot divide ${
      corpusInfo(corpus).title
    } by sentence: expected to know which recordings have the same words, received names that number the sentences within each emotion, and no list of them`,
  );
}

function heldOut({ corpus, split, fold }: SplitPlan): HeldOut {
  const folds = foldLists(split, corpus);
  const found = folds[(fold ?? 0) - 1];
  if (found) return found;
  throw new RangeError(
    `Cannot divide ${
      corpusInfo(corpus).title
    }: expected fold 1 to ${folds.length} of "${split}", received ${fold}`,
  );
}

/** Missing recordings may have emptied a part, or taken an emotion from the training part. */
function checkParts(split: Split, labels: readonly number[], { corpus, fold }: SplitPlan): void {
  const { title, emotions } = corpusInfo(corpus);
  const empty = (["train", "validation", "test"] as const).find((part) =>
    split[part]?.length === 0
  );
  const known = new Set(Array.from(split.train, (i) => labels[i]));
  const unknown = labels.find((label) => !known.has(label));
  if (empty === undefined && unknown === undefined) return;
  const lack = empty === undefined
    ? `no ${emotions[unknown!]} to train on`
    : `none in its part "${empty}"`;
  throw new RangeError(
    `Cannot divide ${title}: expected utterances in each part of fold ${fold} and every emotion in the training part, received ${lack}; load the corpus without allowProblems to see what is missing`,
  );
}
