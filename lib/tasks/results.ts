/** The stored runs beside the paper's results, for `deno task paper`. @module */
import type { CorpusName } from "../corpora/types.ts";
import { compareWithPaper, type ResultRow, resultsTable } from "../evaluation/results_table.ts";
import { isFullLength } from "../training/experiment.ts";
import { RUNS_FOLDER, storedRuns } from "../training/stored_run.ts";

/** The results table of the runs that are stored, and where they are. */
export async function storedResults(
  corpora: readonly CorpusName[],
  options: { quick: boolean; folder?: string },
): Promise<string> {
  const { quick, folder = RUNS_FOLDER } = options;
  const damaged: string[] = [];
  const runs = await storedRuns(folder, (message) => damaged.push(message));
  const rows = runs
    .filter(({ experiment }) => isFullLength(experiment) === !quick)
    .filter(({ experiment }) => corpora.includes(experiment.corpus))
    .map(compareWithPaper)
    .sort(inPaperOrder);
  const table = rows.length ? resultsTable(rows) : "No finished run is stored yet.";
  const caption = quick
    ? "Results in quick mode (they mean nothing)"
    : "Results beside the paper's";
  return [`\n${caption}:\n`, table, `\nTrained runs: outputs/mine/runs/`, ...damaged].join("\n");
}

const ORDER = ["ravdess", "savee", "emodb"];

function inPaperOrder(a: ResultRow, b: ResultRow): number {
  return ORDER.indexOf(a.corpus) - ORDER.indexOf(b.corpus) ||
    a.model.localeCompare(b.model) || a.change.localeCompare(b.change) ||
    a.protocol.localeCompare(b.protocol) || a.seed - b.seed;
}
