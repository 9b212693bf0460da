/** The right word for a wrong one. @module */

/**
 * What to add to a message about a wrong word: the nearest right one, if one is near.
 * @param word What came.
 * @param words What would be right.
 * @returns `' (did you mean "cnn"?)'`, or nothing.
 * @example Usage
 * ```ts
 * import { didYouMean } from "ser/support/nearest.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(didYouMean("lstm-atention", ["lstm", "lstm-attention"]), ' (did you mean "lstm-attention"?)');
 * strictEqual(didYouMean("piano", ["lstm", "cnn"]), "");
 * ```
 */
export function didYouMean(word: string, words: readonly string[]): string {
  const low = word.toLowerCase();
  const near = words.map((each) => ({ each, away: distance(low, each.toLowerCase()) }))
    .filter(({ each, away }) => away <= Math.max(1, Math.min(word.length, each.length) / 3))
    .sort((a, b) => a.away - b.away)[0]?.each ??
    words.find((each) => low.length >= 2 && each.toLowerCase().startsWith(low));
  return near === undefined ? "" : ` (did you mean "${near}"?)`;
}

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  rows[0] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + Number(a[i - 1] !== b[j - 1]);
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, replaced);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}
