/** Keeping whole groups of recordings, for example all of a speaker, out of the training. @module */
import type { Split } from "../splits.ts";

/** The groups that one fold keeps out of the training part. */
export interface HeldOut {
  /** To test on. */
  test: readonly string[];
  /** To look at after each epoch. */
  validation?: readonly string[];
}

/** Divides recordings by the group that each belongs to; the indices of each part are in rising order. */
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
