/** One utterance of a corpus to listen to, without its samples in the notebook. @module */
import type { Corpus } from "../corpora/load.ts";
import type { Utterance } from "../corpora/types.ts";
import { escapeHtml, html, type Output } from "./output.ts";
import { sessionAddress, sharedAddress } from "./sound_address.ts";

/**
 * A player for the reader's own copy of a recording. The notebook holds its address alone: saved and
 * passed on, it plays where the same file lies in `data/`, and is silent elsewhere.
 * @param corpus As `loadCorpus` gives, or a dataset's.
 * @param id Name of the utterance.
 * @throws {RangeError} If the corpus has no such utterance.
 * @example Usage
 * ```ts
 * import { loadCorpus } from "ser/corpora/load.ts";
 * import { listenTo } from "ser/notebook/listen.ts";
 * import { strictEqual } from "node:assert/strict";
 * const { bundle } = listenTo(await loadCorpus("emodb"), "03a01Wa");
 * const words = "EmoDB excerpt 03a01Wa: speaker 03, anger, “Der Lappen liegt auf dem Eisschrank”";
 * strictEqual(bundle["text/plain"], words);
 * ```
 */
export function listenTo({ info, utterances }: Corpus, id: string): Output {
  const utterance = utterances.find((each) => each.id === id);
  if (!utterance) {
    throw new RangeError(
      `Cannot play the utterance: expected one of ${info.title}, received "${id}"`,
    );
  }
  const { speaker, emotion, sentence, path } = utterance;
  const words = `${info.title} ${id}: speaker ${speaker}, ${emotion}, “${sentence}”`;
  return html(
    `<div>${escapeHtml(words)}<br>${
      player(sharedAddress(info, path) ?? sessionAddress(path), utterance)
    }</div>`,
    words,
  );
}

/** A player that loads nothing before it is started. */
export const player = (address: string, { id }: Pick<Utterance, "id">): string =>
  `<audio controls preload="none" src="${escapeHtml(address)}" title="${escapeHtml(id)}"></audio>`;
