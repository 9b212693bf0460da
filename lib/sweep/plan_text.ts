/** A plan for the reader. @module */
import { duration } from "../support/duration.ts";
import { type Experiment, runName } from "../training/experiment.ts";
import { secondsTogether } from "./costs.ts";
import { missingCorpora, type SweepPlan } from "./plan.ts";
import { problemInWords } from "./results_folder.ts";
import { kindInWords } from "./words.ts";

/** What is finished, what is missing and how long it will take. */
export function planText(plan: SweepPlan, workers: number): string {
  const { toRun, estimate } = plan;
  const groups = Map.groupBy(toRun, kindInWords);
  const width = Math.max(...[...groups.keys()].map((kind) => kind.length));
  const lines = [...groups].map(([kind, runs]) => {
    const seconds = runs.reduce((sum, each) => sum + estimate(each), 0);
    return `  ${kind.padEnd(width)}  ${placesOf(runs)}: ${duration(seconds)}`;
  });
  return [firstLine(plan, workers), ...lines, ...remarks(plan)].join("\n");
}

function firstLine({ grid, finished, toRun, estimate }: SweepPlan, workers: number): string {
  const missing = grid.length - finished.length;
  if (missing === 0) return `${grid.length} runs, all finished: nothing is missing`;
  const counts = `${grid.length} runs: ${finished.length} finished, ${missing} missing`;
  if (toRun.length === 0) return counts;
  const seconds = secondsTogether(toRun.map(estimate), workers);
  return `${counts}, about ${duration(seconds)} with ${workers} at once`;
}

/** "folds 1, 2" or "seeds 0, 3". */
function placesOf(runs: readonly Experiment[]): string {
  const what = runs[0].fold === undefined ? "seed" : "fold";
  const numbers = [...new Set(runs.map((each) => each[what]!))];
  return `${what}${numbers.length === 1 ? "" : "s"} ${numbers.join(", ")}`;
}

function remarks(plan: SweepPlan): string[] {
  const { otherCode, problems, refused, grid } = plan;
  const ofGrid = new Set(grid.map(runName)), notRun = new Set(refused.map(runName));
  const next = (run: string) =>
    notRun.has(run)
      ? "; move the file away to have it run"
      : ofGrid.has(run)
      ? "; it is run again, the file kept beside"
      : "";
  return [
    ...(otherCode === 0 ? [] : [
      `${otherCode} of the finished were made by other code than the present; to repeat one, delete its file`,
    ]),
    ...problems.map((problem) => `Not counted: ${problemInWords(problem)}${next(problem.run)}`),
    ...missingCorpora(plan),
  ];
}
