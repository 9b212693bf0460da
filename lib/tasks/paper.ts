/** `deno task paper`: the paper, executed. @module */
import { basename, join, relative } from "@std/path";
import { corpusInfo } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import { corporaToUse } from "../notebook/session.ts";
import { LiveLine } from "../notebook/live.ts";
import { type PythonEnvironment, setUpPython } from "../setup/python.ts";
import { MINE, PROJECT_ROOT, PUBLISHED, removeParts } from "../support/files.ts";
import { executeNotebook } from "./execute.ts";
import { task, type TaskHelp, UsageError } from "./help.ts";
import { listNotebooks, setUpBackend } from "./prepare.ts";
import { storedResults } from "./results.ts";

const HELP: TaskHelp = {
  name: "paper",
  words: true,
  about:
    "Sets up what is missing, executes the notebooks in real Deno kernels on the best corpora found (RAVDESS\n" +
    "and SAVEE in data/ or under SER_DATA, else the EmoDB excerpt that comes with the project), writes the\n" +
    "executed copies to outputs/mine/, and prints the results beside the paper's. Finished trainings are kept\n" +
    "in outputs/mine/runs/ and shown again; an interrupted one goes on.\n\n" +
    "NOTEBOOK is the beginning of a notebook's name, for example 06. Without one: all, in order.",
  options: [
    ["--quick", "a few epochs on the EmoDB excerpt; copies go to outputs/mine/quick/"],
    ["--publish", "copies replace the published ones in outputs/"],
  ],
};

/** @returns 0 if every notebook was executed, else 1. */
export const main = task(HELP, async ({ values, words }) => {
  const quick = values.quick === true, publish = values.publish === true;
  if (quick && publish) {
    throw new UsageError("Expected --quick or --publish: what is published is executed in full");
  }
  const notebooks = await listNotebooks(words);
  const corpora = await corporaToUse({ quick });
  console.log(corporaText(corpora, quick));
  await setUpBackend();
  const environment = await setUpPython("notebook");
  const failed = await executeAll(notebooks, {
    ...{ quick, environment },
    folder: publish ? PUBLISHED : join(MINE, ...(quick ? ["quick"] : [])),
  });
  console.log(await storedResults(corpora, { quick }));
  if (failed) console.log(`\n${failed} of ${notebooks.length} notebooks failed, see above`);
  return failed ? 1 : 0;
});

/** What the notebooks will work on, and how to get more. */
function corporaText(corpora: readonly CorpusName[], quick: boolean): string {
  const titles = corpora.map((name) => {
    const { title, utterances } = corpusInfo(name);
    return `${title} (${utterances} utterances)`;
  });
  const text = `Corpora: ${titles.join(", ")}`;
  if (quick) return `${text}, as always in quick mode`;
  const missing = (["ravdess", "savee"] as const).filter((name) => !corpora.includes(name));
  if (missing.length === 0) return text;
  return `${text}; for ${missing.map((name) => corpusInfo(name).title).join(" and ")} see: ` +
    missing.map((name) => `deno task data ${name}`).join(", ");
}

/** Executes the notebooks; returns how many failed. */
async function executeAll(
  notebooks: readonly string[],
  options: { quick: boolean; environment: PythonEnvironment; folder: string },
): Promise<number> {
  const { quick, environment, folder } = options, line = new LiveLine();
  await removeParts(folder); // of an execution that was killed
  let failed = 0;
  for (const path of notebooks) {
    const output = join(folder, basename(path));
    line.end(`Executing ${basename(path)}`);
    const { failure, cells, seconds } = await executeNotebook(path, {
      ...{ environment, quick, output, line },
    });
    if (failure) failed++;
    const where = relative(PROJECT_ROOT, output);
    line.end(failure ? `\n${failure}\n` : `  ${cells} cells in ${time(seconds)}: ${where}`);
  }
  return failed;
}

/** "43 s" or "12 min". */
const time = (seconds: number): string =>
  seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
