/** Two models on the same test utterances: where they agree on being right. @module */

/** Test utterances by who was right. */
export interface Agreement {
  both: number;
  onlyFirst: number;
  onlySecond: number;
  neither: number;
}

/** What is needed of a prediction. */
type Answer = { id: string; label: number; predicted: number };

/**
 * Counts who was right, utterance by utterance: only those that one model alone got right tell the
 * two apart.
 * @param first Predictions of one model.
 * @param second Predictions of another on the same utterances, in any order.
 * @throws {RangeError} If the utterances are not the same.
 * @example Usage
 * ```ts
 * import { agreement } from "ser/evaluation/agreement.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const first = [{ id: "a", label: 1, predicted: 1 }, { id: "b", label: 0, predicted: 0 }];
 * const second = [{ id: "b", label: 0, predicted: 2 }, { id: "a", label: 1, predicted: 1 }];
 * deepStrictEqual(agreement(first, second), { both: 1, onlyFirst: 1, onlySecond: 0, neither: 0 });
 * ```
 */
export function agreement(first: readonly Answer[], second: readonly Answer[]): Agreement {
  const other = new Map(second.map((answer) => [answer.id, answer]));
  const stranger = first.find(({ id }) => !other.has(id));
  if (stranger !== undefined || other.size !== first.length) {
    throw new RangeError(
      `Cannot compare predictions: expected the same ${first.length} utterances, received ${other.size}` +
        (stranger ? ` without "${stranger.id}"` : ""),
    );
  }
  const counts: Agreement = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  for (const a of first) {
    const b = other.get(a.id)!;
    const right = a.predicted === a.label, otherRight = b.predicted === b.label;
    if (right) counts[otherRight ? "both" : "onlyFirst"]++;
    else counts[otherRight ? "onlySecond" : "neither"]++;
  }
  return counts;
}
