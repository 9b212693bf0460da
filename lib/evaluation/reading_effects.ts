/** What reading the paper otherwise does to an accuracy. @module */
import type { CorpusName } from "../corpora/types.ts";
import { MODELS } from "../models/catalogue.ts";
import { type CorrectedTTest, correctedTTest } from "./corrected_t.ts";
import { mean } from "./mean.ts";
import { LEAST_SEEDS, pairedRuns } from "./paired_runs.ts";
import { changesOf } from "./results_table.ts";
import { accuracyOf } from "./run_confusion.ts";
import { missingInWords, type RunGroup } from "./run_groups.ts";

/** Another reading beside the usual one, on one corpus. */
export interface ReadingEffect {
  corpus: CorpusName;
  /** The model's name in Table 2. */
  model: string;
  /** What is read otherwise, in words. */
  reading: string;
  /** Mean accuracy of the usual reading over the common seeds, in [0, 1]; NaN without any. */
  usual: number;
  /** Likewise of the other. */
  changed: number;
  /** Other less usual accuracy of each seed that both have, in points. */
  differences: number[];
  /** Over at least three seeds. */
  test: CorrectedTTest | undefined;
  /** For example `missing: 2 of 3 seeds`; empty if nothing is. */
  missing: string;
}

/** The other readings, in words. */
const READINGS: Readonly<Record<string, string>> = {
  "kernelSizes text": "kernels of the text",
  "dropoutLayers 4": "dropout after layer 4, too",
  "score dot": "score dot",
  "zeros after the speech": "zeros after",
  "masking true, zeros after the speech": "zeros after, masked",
};

/**
 * Another reading in words.
 * @param change As `changesOf` writes it, for example `kernelSizes text`.
 */
export const readingInWords = (change: string): string => READINGS[change] ?? change;

/**
 * Sets each changed group beside the usual one of the same model and corpus, seed by seed.
 * @param groups Runs on random splits; a changed group without its usual one is left out.
 * @returns In the order of the groups.
 * @example Usage
 * ```ts
 * import { readingEffects } from "ser/evaluation/reading_effects.ts";
 * import { groupRuns } from "ser/evaluation/run_groups.ts";
 * import { gridExperiments } from "ser/sweep/grid.ts";
 * import { GRIDS } from "ser/sweep/grids.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const groups = groupRuns(gridExperiments(GRIDS["close-reading"]), []);
 * const [{ model, reading, missing }] = readingEffects(groups);
 * deepStrictEqual([model, reading, missing], ["LSTM", "zeros after", "missing: 1 of 1 seeds"]);
 * ```
 */
export function readingEffects(groups: readonly RunGroup[]): ReadingEffect[] {
  return groups.filter(({ changed }) => changed).flatMap((changed) => {
    const usual = groups.find((group) => !group.changed && sameSubject(group, changed));
    return usual ? [effect(usual, changed)] : [];
  });
}

const sameSubject = (a: RunGroup, b: RunGroup): boolean =>
  (["model", "corpus", "split"] as const).every((part) =>
    a.experiment[part] === b.experiment[part]
  );

function effect(usual: RunGroup, changed: RunGroup): ReadingEffect {
  const { experiment } = changed, change = changesOf({ experiment });
  const pairs = pairedRuns(changed, usual);
  const [ours, others] = [0, 1].map((side) => pairs.map((pair) => accuracyOf(pair[side])));
  const points = (shares: number[]) => shares.map((share) => 100 * share);
  return {
    corpus: experiment.corpus,
    model: MODELS[experiment.model].title,
    reading: readingInWords(change),
    usual: mean(others),
    changed: mean(ours),
    differences: ours.map((share, i) => 100 * (share - others[i])),
    test: pairs.length < LEAST_SEEDS
      ? undefined
      : correctedTTest(points(ours), points(others), pairs[0][0].data),
    missing: missingInWords(changed.wanted.length, pairs.length, "seeds"),
  };
}
