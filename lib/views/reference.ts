/** The reference results beside runs of one's own, as a table and as a figure. @module */
import { corpusInfo } from "../corpora/info.ts";
import { wilsonInterval } from "../evaluation/interval.ts";
import { correctCount } from "../evaluation/metrics.ts";
import { newSpeakers } from "../evaluation/new_speakers.ts";
import { overSeeds } from "../evaluation/over_seeds.ts";
import { modelInWords, paperResultOf } from "../evaluation/results_table.ts";
import { accuracyOf, confusionOf } from "../evaluation/run_confusion.ts";
import { type FinishedRun, groupRuns, type RunGroup } from "../evaluation/run_groups.ts";
import { impliedCounts, impliedInWords } from "../evaluation/verdict.ts";
import type { Figure } from "../plots/figure.ts";
import { referenceFigure, type ReferenceLine } from "../plots/reference_runs.ts";
import { spreadOfShare } from "../plots/spread.ts";
import { type GridBlock, gridExperiments } from "../sweep/grid.ts";
import { GRIDS } from "../sweep/grids.ts";
import { referenceResults } from "../sweep/results_folder.ts";
import { type Experiment, experiment, isFullLength, runName } from "../training/experiment.ts";
import { paperSpread } from "./table2.ts";
import { type Output, table } from "../notebook/output.ts";
import { percent, percentRange, percentSpread } from "../support/percent.ts";

/** A run of one's own and the reference results of the same model, change and corpus. */
export interface Referenced {
  run: FinishedRun;
  /** On random splits, one for each seed; undefined if no grid has them. */
  seeds: RunGroup | undefined;
  /** With new speakers, one for each fold; likewise. */
  speakers: RunGroup | undefined;
}

const NEW_SPEAKERS = { seed: 0, resamples: 2000 } as const;

/**
 * Finds the reference results for runs. A short run is set beside the results of full length.
 * @param runs Finished runs.
 * @param folder Where the results are. @default {outputs/reference}
 * @throws {CorpusError} If the manifest of a corpus is not there or damaged.
 * @example Usage
 * ```ts
 * import { referenceFor } from "ser/views/reference.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(await referenceFor([], "no/such/folder"), []);
 * ```
 */
export async function referenceFor(
  runs: readonly FinishedRun[],
  folder?: string,
): Promise<Referenced[]> {
  const { results } = await referenceResults(folder);
  const grids: readonly (readonly GridBlock[])[] = Object.values(GRIDS); // the first that has it counts
  const groups = grids.flatMap((blocks) => groupRuns(gridExperiments(blocks), results));
  return runs.map((run) => {
    const wanted = subjectOf(run.experiment);
    const found = (split: Experiment["split"]) =>
      groups.find((group) =>
        group.experiment.split === split && subjectOf(group.experiment) === wanted
      );
    return { run, seeds: found("random"), speakers: found("speaker-independent") };
  });
}

/** What two runs share that differ in seed, split and length alone. */
const subjectOf = ({ model, modelOptions, corpus, padding }: Experiment): string =>
  runName(experiment({ model, modelOptions, corpus, padding }));

/**
 * For each run a line for the paper's number, the run itself, the reference results with known
 * speakers (mean and deviation over seeds) and with new ones (all folds together). Intervals: Wilson's
 * of a single run, Student's of the mean, with new speakers from drawing speakers.
 * @param rows As `referenceFor` gives, at least one.
 */
export function referenceTable(rows: readonly Referenced[]): Output {
  const several = new Set(rows.map(({ run }) => modelInWords(run.experiment))).size > 1;
  return table(
    rows.flatMap((row) => {
      const { experiment } = row.run;
      const subject = {
        "corpus": corpusInfo(experiment.corpus).title,
        ...(several ? { "model": modelInWords(experiment) } : {}),
      };
      return [paperCells(row), ownCells(row), seedCells(row), ...speakerCells(row)].map((
        cells,
      ) => ({
        ...subject,
        ...cells,
      }));
    }),
    { caption: INTERVALS },
  );
}

const INTERVALS =
  "±: standard deviation over seeds. Intervals: Wilson's for one run, Student's for " +
  "the mean over seeds; for new speakers from drawing speakers, too narrow where there are four.";

const cellsOf = (what: string, accuracy: string, interval: string, from: string) => ({
  "whose": what,
  "accuracy": accuracy,
  "95 % interval": interval,
  "from": from,
});

function paperCells({ run }: Referenced) {
  const paper = paperResultOf(run.experiment);
  if (!paper) return cellsOf("the paper", "–", "–", "no number for this");
  const interval = percentRange(impliedCounts(paper).interval);
  return cellsOf("the paper", `${paper.printed} %`, interval, `one run, ${impliedInWords(paper)}`);
}

function ownCells({ run }: Referenced) {
  const { seed, epochs } = run.experiment;
  const right = correctCount(confusionOf(run)), { length } = run.predictions;
  const short = isFullLength(run.experiment) ? "" : `, only ${epochs} epochs`;
  const interval = percentRange(wilsonInterval(right, length));
  return cellsOf(
    `this run, seed ${seed}${short}`,
    percent(right / length),
    interval,
    `one run, ${right} of ${length}`,
  );
}

function seedCells({ seeds }: Referenced) {
  const what = "reference, known speakers";
  if (!seeds?.runs.length) return cellsOf(what, "–", "–", seeds?.missing ?? "not in the grid");
  const { mean, deviation, interval } = overSeeds(seeds.runs.map(accuracyOf));
  const accuracy = percentSpread(mean, deviation);
  return cellsOf(what, accuracy, interval ? percentRange(interval) : "–", howMany(seeds, "seeds"));
}

/** None where the grid has no splits with new speakers, as for the ablations. */
function speakerCells({ speakers }: Referenced) {
  if (!speakers) return [];
  const what = "reference, new speakers", found = newSpeakers(speakers, NEW_SPEAKERS);
  if (!found) return [cellsOf(what, "–", "–", speakers.missing || "too few speakers")];
  const { estimate, interval } = found.accuracy;
  const from = `${howMany(speakers, "folds")}, ${found.speakers} speakers`;
  return [cellsOf(what, percent(estimate), percentRange(interval), from)];
}

const howMany = ({ runs, wanted }: RunGroup, what: string): string =>
  `${runs.length} of ${wanted.length} ${what}`;

/**
 * The same as dots and lines, a panel for each corpus.
 * @param rows As `referenceFor` gives, at least one, of one or two corpora.
 */
export function referenceRunsFigure(rows: readonly Referenced[], title: string): Figure {
  const several = new Set(rows.map(({ run }) => modelInWords(run.experiment))).size > 1;
  const byCorpus = Map.groupBy(rows, ({ run }) => run.experiment.corpus);
  const panels = [...byCorpus].map(([corpus, of]) => ({
    title: corpusInfo(corpus).title,
    lines: of.flatMap((row) => linesOf(row, several)),
  }));
  const quantity = "accuracy (%)";
  return referenceFigure(panels, { title, quantity, names: several ? 190 : 120 });
}

function linesOf({ run, seeds, speakers }: Referenced, several: boolean): ReferenceLine[] {
  const paper = paperSpread(run.experiment), model = modelInWords(run.experiment);
  const known: ReferenceLine = {
    name: several ? model.replace(", ", ",<br>").replace(" and ", "<br>and ") : "known speakers",
    own: 100 * accuracyOf(run),
    ...(paper ? { paper } : {}),
    ...(seeds ? seedSpread(seeds) : {}),
  };
  return speakers && !several
    ? [known, { name: "new speakers", ...speakerSpread(speakers) }]
    : [known];
}

function seedSpread({ runs, missing }: RunGroup): Partial<ReferenceLine> {
  if (runs.length === 0) return { missing };
  const shares = runs.map(accuracyOf), { mean, interval } = overSeeds(shares);
  return { reference: spreadOfShare(mean, interval, shares), ...(missing ? { missing } : {}) };
}

function speakerSpread(speakers: RunGroup): Partial<ReferenceLine> {
  const found = newSpeakers(speakers, NEW_SPEAKERS), { missing } = speakers;
  if (!found) return { missing: missing || "too few speakers" };
  const { estimate, interval } = found.accuracy;
  const reference = spreadOfShare(estimate, interval, speakers.runs.map(accuracyOf));
  return { reference, ...(missing ? { missing } : {}) };
}
