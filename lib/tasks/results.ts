/** The stored runs beside the paper's results, for `deno task paper`. @module */
import { join } from "@std/path";
import type { CorpusName } from "../corpora/types.ts";
import { compareWithPaper, type ResultRow, resultsTable } from "../evaluation/results_table.ts";
import { QUICK_EPOCHS } from "../notebook/session.ts";
import { exists } from "../support/files.ts";
import { experiment } from "../training/experiment.ts";
import { readRun, type RunResult, RUNS_FOLDER } from "../training/stored_run.ts";

/**
 * The results table of the runs that are stored, and where they are.
 * @param corpora Only runs on these.
 * @param options `quick`: runs of quick mode, else those of the paper's length; `folder`: of the runs.
 * @returns Lines to print.
 */
export async function storedResults(
  corpora: readonly CorpusName[],
  options: { quick: boolean; folder?: string },
): Promise<string> {
  const { quick, folder = RUNS_FOLDER } = options;
  const epochs = quick ? QUICK_EPOCHS : experiment().epochs;
  const { runs, damaged } = await readRuns(folder);
  const rows = runs
    .filter(({ experiment }) => experiment.epochs === epochs)
    .filter(({ experiment }) => corpora.includes(experiment.corpus))
    .map(compareWithPaper)
    .sort(inPaperOrder);
  const table = rows.length ? resultsTable(rows) : "No finished run is stored yet.";
  const caption = quick
    ? "Results in quick mode (they mean nothing)"
    : "Results beside the paper's";
  return [`\n${caption}:\n`, table, `\nTrained runs: outputs/runs/`, ...damaged].join("\n");
}

/** All finished runs, and a line for each that cannot be read. */
async function readRuns(folder: string): Promise<{ runs: RunResult[]; damaged: string[] }> {
  const runs: RunResult[] = [], damaged: string[] = [];
  if (!(await exists(folder))) return { runs, damaged };
  for await (const entry of Deno.readDir(folder)) {
    if (!entry.isDirectory) continue;
    try {
      const run = await readRun(join(folder, entry.name));
      if (run) runs.push(run);
    } catch (error) {
      damaged.push((error as Error).message);
    }
  }
  return { runs, damaged };
}

const ORDER = ["ravdess", "savee", "emodb"];

function inPaperOrder(a: ResultRow, b: ResultRow): number {
  return ORDER.indexOf(a.corpus) - ORDER.indexOf(b.corpus) ||
    a.model.localeCompare(b.model) || a.change.localeCompare(b.change) || a.seed - b.seed;
}
