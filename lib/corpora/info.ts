/** The list of corpora: facts and name reader of each. @module */
import { EMODB, parseEmodb } from "./emodb.ts";
import { parseRavdess, RAVDESS } from "./ravdess.ts";
import { parseSavee, SAVEE } from "./savee.ts";
import type { CorpusInfo, CorpusName, ParseName } from "./types.ts";

const CORPORA: Record<CorpusName, { info: CorpusInfo; parse: ParseName }> = {
  ravdess: { info: RAVDESS, parse: parseRavdess },
  savee: { info: SAVEE, parse: parseSavee },
  emodb: { info: EMODB, parse: parseEmodb },
};

/** All corpus names, the paper's two first. */
export const CORPUS_NAMES: readonly CorpusName[] = ["ravdess", "savee", "emodb"];

/** Whether a word is the name of a corpus. */
export const isCorpusName = (word: string): word is CorpusName => Object.hasOwn(CORPORA, word);

/**
 * Facts about a corpus: emotions in label order, published counts, licence.
 * @throws {RangeError} If there is no such corpus.
 * @example Usage
 * ```ts
 * import { corpusInfo } from "ser/corpora/info.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(corpusInfo("savee").emotions[4], "neutral");
 * ```
 */
export const corpusInfo = (name: CorpusName): CorpusInfo => known(name).info;

/**
 * The reader of a corpus's file names.
 * @throws {RangeError} If there is no such corpus.
 */
export const nameParser = (name: CorpusName): ParseName => known(name).parse;

function known(name: CorpusName): { info: CorpusInfo; parse: ParseName } {
  if (!isCorpusName(name)) {
    const names = CORPUS_NAMES.join(", ");
    throw new RangeError(`Cannot find the corpus: expected one of ${names}, received "${name}"`);
  }
  return CORPORA[name];
}
