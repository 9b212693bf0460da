/** Players of recordings that a notebook names by their address. @module */

/** Recordings that may be passed on, as notebooks name them. */
const SHARED = /^\.\.\/(data\/emodb\/[\w.-]+)$/;
const PLAYER = /<audio\b([^>]*)>\s*<\/audio>/g, ADDRESS = /\ssrc="([^"]*)"/;

/**
 * Gives the site's copy of each recording that may be passed on to its player; a player of any other
 * one, which the reader of the site does not have, becomes a remark.
 * @param html An output, cleaned.
 * @example Usage
 * ```ts
 * import { withSounds } from "ser/site/sounds.ts";
 * import { strictEqual } from "node:assert/strict";
 * const player = (address: string) => `<audio controls="" src="${address}"></audio>`;
 * strictEqual(withSounds(player("../data/emodb/a.flac")), player("files/data/emodb/a.flac"));
 * strictEqual(withSounds(player("../data/savee/a.wav")), "<em>to be heard in the notebook, with the corpus</em>");
 * ```
 */
export function withSounds(html: string): string {
  return html.replace(PLAYER, (player: string, attributes: string) => {
    const address = ADDRESS.exec(attributes)?.[1] ?? "", shared = SHARED.exec(address)?.[1];
    if (address.startsWith("data:")) return player;
    return shared
      ? player.replace(ADDRESS, ` src="files/${shared}"`)
      : "<em>to be heard in the notebook, with the corpus</em>";
  });
}
