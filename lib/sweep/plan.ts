/** What a sweep has done and has to do; nothing is loaded or changed to find out. @module */
import { thisMachine } from "../support/machine.ts";
import { findCorpus, notFoundError } from "../corpora/find.ts";
import { CORPUS_NAMES } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import { codeVersion, madeBy } from "../support/code_version.ts";
import { type Experiment, runName } from "../training/experiment.ts";
import { RUNS_FOLDER, storedRuns } from "../training/stored_run.ts";
import { estimator, kindOf, type TimedRun } from "./costs.ts";
import type { ReferenceResult } from "./result.ts";
import { referenceResults, type ResultProblem } from "./results_folder.ts";

/** The state of a grid. */
export interface SweepPlan {
  /** All its experiments, in order. */
  grid: readonly Experiment[];
  /** Results that are there. */
  finished: ReferenceResult[];
  /** What can be run here and now, in order. */
  toRun: Experiment[];
  /** What cannot, for its corpus is not here. */
  withoutCorpus: Experiment[];
  /** What cannot, for a whole file of its name holds something else. */
  refused: Experiment[];
  /** Files of the folder that are not counted. */
  problems: ResultProblem[];
  /** Finished results that other code than the present one made. */
  otherCode: number;
  /** Seconds that a run takes. */
  estimate: (experiment: Experiment) => number;
}

/** Where a plan looks. */
export interface PlanOptions {
  /** The folder of results; new ones go there. */
  folder: string;
  /** A folder of results that count, too. @default {none} */
  published?: string;
  /** The folder of runs, for their times. @default {outputs/mine/runs} */
  runs?: string;
  /** The corpora are where the runs are, not here. @default {false} */
  corporaElsewhere?: boolean;
}

/**
 * Finds out what is missing.
 * @throws {CorpusError} If the manifest of a corpus is not there or damaged.
 */
export async function makePlan(
  grid: readonly Experiment[],
  { folder, published = folder, runs = RUNS_FOLDER, corporaElsewhere = false }: PlanOptions,
): Promise<SweepPlan> {
  const folders = [...new Set([published, folder])];
  const stored = await Promise.all(folders.map((each) => referenceResults(each)));
  const byName = stored.flatMap(({ results }) => results.map((each) => [each.name, each] as const));
  const results = [...new Map(byName).values()];
  const problems = stored.flatMap(({ problems }) => problems);
  const names = new Set(grid.map(runName));
  const finished = results.filter(({ name }) => names.has(name));
  const here = corporaElsewhere ? new Set(CORPUS_NAMES) : await corporaHere(grid);
  const present = await codeVersion();
  const done = new Set(finished.map(({ name }) => name));
  const foreign = new Set(problems.flatMap(({ run, kind }) => kind === "foreign" ? [run] : []));
  const missing = grid.filter((each) => !done.has(runName(each)));
  const [refused, open] = divide(missing, (each) => foreign.has(runName(each)));
  const [toRun, withoutCorpus] = divide(open, ({ corpus }) => here.has(corpus));
  return {
    ...{ grid, finished, toRun, withoutCorpus, refused, problems },
    otherCode: finished.filter(({ code }) => !madeBy(code, present)).length,
    estimate: estimator(await timedRuns(results, runs), thisMachine()),
  };
}

/** Why the runs of a corpus cannot be done, for each corpus that is not here. */
export const missingCorpora = ({ withoutCorpus }: SweepPlan): string[] =>
  [...new Set(withoutCorpus.map(({ corpus }) => corpus))].map((name) =>
    notFoundError(name).message
  );

/** Results are timed as a sweep runs; other stored runs had the machine to themselves, but are better than nothing. */
async function timedRuns(results: readonly TimedRun[], runs: string): Promise<readonly TimedRun[]> {
  const kinds = new Set(results.map(({ experiment }) => kindOf(experiment)));
  const others = (await storedRuns(runs)).filter(({ experiment }) =>
    !kinds.has(kindOf(experiment))
  );
  return [...results, ...others];
}

async function corporaHere(grid: readonly Experiment[]): Promise<Set<CorpusName>> {
  const names = [...new Set(grid.map(({ corpus }) => corpus))];
  const found = await Promise.all(names.map((name) => findCorpus(name)));
  return new Set(names.filter((_, i) => found[i] !== undefined));
}

function divide<T>(all: readonly T[], holds: (each: T) => boolean): [those: T[], others: T[]] {
  return [all.filter(holds), all.filter((each) => !holds(each))];
}
