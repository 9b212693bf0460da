/** Keeping whole groups of recordings, for example all of a speaker, out of the training. @module */
import type { Split } from "../splits.ts";

/** The groups that one fold keeps out of the training part. */
export interface HeldOut {
  /** To test on. */
  test: readonly string[];
  /** To look at after each epoch. */
  validation?: readonly string[];
}

/**
 * Divides recordings by the group that each belongs to.
 * @param groups The group of each recording, `[n]`.
 * @param fold Which groups to keep out; all others are trained on.
 * @returns Indices in rising order; a validation part if the fold has groups for it.
 * @example Usage
 * ```ts
 * import { holdOut } from "ser/corpora/protocols/held_out.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const { train, test } = holdOut(["ann", "ben", "ann", "cat"], { test: ["ann"] });
 * deepStrictEqual([[...train], [...test]], [[1, 3], [0, 2]]);
 * ```
 */
export function holdOut(groups: readonly string[], fold: HeldOut): Split {
  const { test, validation = [] } = fold;
  const where = (holds: (group: string) => boolean) =>
    Int32Array.from(groups.flatMap((group, i) => holds(group) ? [i] : []));
  return {
    train: where((group) => !test.includes(group) && !validation.includes(group)),
    ...(validation.length > 0 ? { validation: where((group) => validation.includes(group)) } : {}),
    test: where((group) => test.includes(group)),
  };
}
