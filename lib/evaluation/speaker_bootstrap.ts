/** Intervals that mind that the utterances of one speaker are alike. @module */
import { type BootstrapInterval, type BootstrapOptions, clusterBootstrap } from "./bootstrap.ts";
import { accuracy, confusionMatrix } from "./metrics.ts";

/** A test utterance, who spoke it, and what it was taken for. */
export interface SpokenAnswer {
  /** Who speaks. */
  speaker: string;
  /** True class. */
  label: number;
  /** Predicted class. */
  predicted: number;
}

/** How to draw speakers, and what to measure. */
export interface SpeakerBootstrapOptions extends BootstrapOptions {
  /** Number of classes. */
  classes: number;
  /** What is computed from a confusion matrix. @default {accuracy} */
  measure?: (confusion: readonly (readonly number[])[]) => number;
}

/**
 * How far a result would vary with other speakers: percentile interval from drawing speakers with
 * replacement, each with all of his or her utterances. The order of the answers does not matter.
 * @param answers Test utterances of at least two speakers.
 * @param options Classes, seed and measure.
 * @throws {RangeError} If there are fewer than two speakers or an option is out of range.
 * @example Usage
 * ```ts
 * import { speakerInterval } from "ser/evaluation/speaker_bootstrap.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const answers = [
 *   { speaker: "01", label: 0, predicted: 0 }, { speaker: "01", label: 1, predicted: 1 },
 *   { speaker: "02", label: 0, predicted: 1 }, { speaker: "02", label: 1, predicted: 1 },
 * ];
 * const { estimate, interval } = speakerInterval(answers, { classes: 2, seed: 0 });
 * deepStrictEqual([estimate, ...interval], [0.75, 0.5, 1]); // only "02", or only "01"
 * ```
 */
export function speakerInterval(
  answers: readonly SpokenAnswer[],
  options: SpeakerBootstrapOptions,
): BootstrapInterval {
  const { classes, measure = accuracy } = options;
  const clusters = [...confusionsBySpeaker(answers, classes).values()];
  return clusterBootstrap(clusters, (drawn) => measure(total(drawn)), options);
}

/**
 * How far the difference between two models would vary with other speakers: the same speakers are
 * drawn for both.
 * @param first Answers of one model.
 * @param second Answers of the other to the same utterances, in any order.
 * @param options Classes, seed and measure.
 * @returns Of the first minus the second.
 * @throws {RangeError} If the speakers or their numbers of utterances of a class differ.
 * @example Usage
 * ```ts
 * import { speakerDifference } from "ser/evaluation/speaker_bootstrap.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const first = [{ speaker: "01", label: 0, predicted: 0 }, { speaker: "02", label: 0, predicted: 0 }];
 * const second = [{ speaker: "01", label: 0, predicted: 1 }, { speaker: "02", label: 0, predicted: 0 }];
 * const { estimate, interval } = speakerDifference(first, second, { classes: 2, seed: 0 });
 * deepStrictEqual([estimate, ...interval], [0.5, 0, 1]);
 * ```
 */
export function speakerDifference(
  first: readonly SpokenAnswer[],
  second: readonly SpokenAnswer[],
  options: SpeakerBootstrapOptions,
): BootstrapInterval {
  const { classes, measure = accuracy } = options;
  const a = confusionsBySpeaker(first, classes), b = confusionsBySpeaker(second, classes);
  const supports = (of: typeof a) => JSON.stringify([...of].map(([who, m]) => [who, m.map(sum)]));
  if (supports(a) !== supports(b)) {
    throw new RangeError(
      `Cannot compare models by speaker: expected the same utterances, received ${first.length} of ${a.size} speakers and ${second.length} of ${b.size}`,
    );
  }
  const clusters = [...a].map(([speaker, matrix]) => ({ a: matrix, b: b.get(speaker)! }));
  return clusterBootstrap(
    clusters,
    (drawn) => measure(total(drawn.map(({ a }) => a))) - measure(total(drawn.map(({ b }) => b))),
    options,
  );
}

/** A confusion matrix for each speaker, sorted by name. */
function confusionsBySpeaker(
  answers: readonly SpokenAnswer[],
  classes: number,
): Map<string, number[][]> {
  const groups = Map.groupBy(answers, ({ speaker }) => speaker);
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([speaker, group]) => {
    const labels = group.map(({ label }) => label);
    return [speaker, confusionMatrix(labels, group.map(({ predicted }) => predicted), classes)];
  }));
}

/** The sum of confusion matrices, cell by cell. */
const total = (matrices: readonly number[][][]): number[][] =>
  matrices[0].map((row, i) => row.map((_, j) => sum(matrices.map((matrix) => matrix[i][j]))));

const sum = (values: readonly number[]): number => values.reduce((whole, x) => whole + x, 0);
