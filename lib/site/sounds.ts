/** Players of recordings that a notebook names by their address. @module */

/** Recordings that may be passed on, as notebooks name them. */
const SHARED = /^\.\.\/(data\/emodb\/[\w.-]+)$/;
const PLAYER = /(<audio\b[^>]*?\s)src="(?!data:)([^"]*)"([^>]*>)\s*<\/audio>/g;
const KEPT = "data-site-sound";

/**
 * Names the site's copy of each recording that may be passed on; a player of any other one, which the
 * reader of the site does not have, becomes a remark.
 * @param html An output.
 * @returns The same, to be cleaned before {@link withAddresses}.
 * @example Usage
 * ```ts
 * import { markSounds, withAddresses } from "ser/site/sounds.ts";
 * import { strictEqual } from "node:assert/strict";
 * const player = (address: string) => `<audio controls src="${address}"></audio>`;
 * strictEqual(withAddresses(markSounds(player("../data/emodb/a.flac"))), player("files/data/emodb/a.flac"));
 * strictEqual(markSounds(player("http://127.0.0.1:1/b.wav")), "<em>to be heard in the notebook, with the corpus</em>");
 * ```
 */
export function markSounds(html: string): string {
  return html.replace(PLAYER, (_, before, address, after) => {
    const shared = SHARED.exec(address)?.[1];
    return shared
      ? `${before}${KEPT}="files/${shared}"${after}</audio>`
      : "<em>to be heard in the notebook, with the corpus</em>";
  });
}

/** Gives the players that {@link markSounds} has marked their addresses. */
export function withAddresses(html: string): string {
  return html.replaceAll(`${KEPT}="`, 'src="');
}
