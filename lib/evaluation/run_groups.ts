/** A grid of experiments with the results that are there: which seeds or folds of what are missing. @module */
import { CORPUS_NAMES } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import { type Experiment, runName } from "../training/experiment.ts";
import { MODEL_NAMES } from "../models/catalogue.ts";
import type { RunResult } from "../training/stored_run.ts";
import { changesOf, modelInWords } from "./results_table.ts";

/** A finished run without its weights, as the reference results are. */
export type FinishedRun = Omit<RunResult, "weights">;

/** Experiments that differ in nothing but seed and fold. */
export interface RunGroup {
  /** The first of them. */
  experiment: Experiment;
  /** The model in the paper's words, with its change, for example `CNN-ATN, without dropout`. */
  title: string;
  /** Whether it is an ablation. */
  changed: boolean;
  /** All that the grid has, in its order. */
  wanted: Experiment[];
  /** Those that are finished, likewise. */
  runs: FinishedRun[];
  /** For example `missing: 3 of 5 seeds`; empty if nothing is. */
  missing: string;
}

/**
 * Sorts the results of a grid. A result that the grid does not have is left out.
 * @param grid Complete experiments.
 * @param results Finished runs, in any order.
 * @returns Groups by corpus, within a corpus by model in the order of Table 2.
 * @example Usage
 * ```ts
 * import { groupRuns } from "ser/evaluation/run_groups.ts";
 * import { experiment } from "ser/training/experiment.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const grid = [0, 1, 2].map((seed) => experiment({ corpus: "savee", seed }));
 * const [{ title, missing }] = groupRuns(grid, []);
 * deepStrictEqual([title, missing], ["CNN-ATN", "missing: 3 of 3 seeds"]);
 * ```
 */
export function groupRuns(
  grid: readonly Experiment[],
  results: readonly FinishedRun[],
): RunGroup[] {
  const finished = new Map(results.map((run) => [runName(run.experiment), run]));
  const alike = Map.groupBy(grid, (each) => runName({ ...each, seed: 0, fold: undefined }));
  const groups = [...alike.values()].map((wanted) => {
    const runs = wanted.flatMap((each) => finished.get(runName(each)) ?? []);
    const [experiment] = wanted;
    return {
      experiment,
      title: modelInWords(experiment),
      changed: changesOf({ experiment }) !== "",
      wanted,
      runs,
      missing: missingInWords(wanted.length, runs.length, whatDiffers(wanted)),
    };
  });
  const place = ({ experiment: { corpus, model } }: RunGroup) =>
    CORPUS_NAMES.indexOf(corpus) * MODEL_NAMES.length + MODEL_NAMES.indexOf(model);
  return groups.sort((a, b) => place(a) - place(b));
}

/** For example `missing: 2 of 5 seeds`; empty if nothing is. */
export const missingInWords = (wanted: number, there: number, what: string): string =>
  there === wanted ? "" : `missing: ${wanted - there} of ${wanted} ${what}`;

function whatDiffers(wanted: readonly Experiment[]): string {
  if (new Set(wanted.map(({ fold }) => fold)).size === 1) return "seeds";
  return new Set(wanted.map(({ seed }) => seed)).size === 1 ? "folds" : "runs";
}

/** Which groups are wanted, `changed` for ablations; what is not said is not chosen by. */
export type GroupChoice = Partial<Pick<Experiment, "corpus" | "split"> & { changed: boolean }>;

/** The groups that have all that is wanted, in their order. */
export const chooseGroups = (groups: readonly RunGroup[], choice: GroupChoice): RunGroup[] =>
  groups.filter(({ experiment, changed }) =>
    (choice.corpus === undefined || choice.corpus === experiment.corpus) &&
    (choice.split === undefined || choice.split === experiment.split) &&
    (choice.changed === undefined || choice.changed === changed)
  );

/** The corpora of groups, each once. */
export const corporaOf = (groups: readonly RunGroup[]): CorpusName[] => [
  ...new Set(groups.map(({ experiment }) => experiment.corpus)),
];
