/**
 * Protocol P4: the sentences of the test part are new, the speakers are not. Each fold tests on some
 * sentences and trains on the others; all folds together test every utterance once. @module
 */
import { EMODB_SENTENCES } from "../emodb.ts";
import { RAVDESS_SENTENCES } from "../ravdess.ts";
import type { CorpusName } from "../types.ts";
import type { HeldOut } from "./held_out.ts";

const [KIDS, DOGS] = RAVDESS_SENTENCES;

/** A fold that tests on two sentences of EmoDB. */
const pair = (
  short: keyof typeof EMODB_SENTENCES,
  long: keyof typeof EMODB_SENTENCES,
): HeldOut => ({ test: [EMODB_SENTENCES[short], EMODB_SENTENCES[long]] });

/**
 * The sentences that each fold keeps out of the training part.
 *
 * RAVDESS has two sentences, so each fold trains on one. The ten of EmoDB occur 33 times to once in the
 * excerpt: each fold has a short one (a) and a long one (b), the most frequent with the rarest, which
 * makes 34 to 40 utterances. SAVEE has no folds: its names number the sentences within an emotion. Three
 * sentences are common to all emotions and the neutral ones repeat those of the others (Jackson & Haq),
 * but the corpus does not say which numbers these are.
 */
export const SENTENCE_FOLDS: Readonly<Record<CorpusName, readonly HeldOut[] | undefined>> = {
  ravdess: [{ test: [KIDS] }, { test: [DOGS] }],
  savee: undefined,
  emodb: [
    pair("a05", "b10"),
    pair("a02", "b09"),
    pair("a04", "b03"),
    pair("a01", "b02"),
    pair("a07", "b01"),
  ],
};
