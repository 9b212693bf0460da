/** `deno task sweep`: many experiments, as many at once as make the machine fastest. @module */
import { join, relative } from "@std/path";
import { interruptSignal } from "../notebook/interrupt.ts";
import { LiveLine } from "../notebook/live.ts";
import { didYouMean } from "../support/nearest.ts";
import { MINE, PROJECT_ROOT } from "../support/files.ts";
import { type Choice, chooseExperiments } from "../sweep/choose.ts";
import { type Engine } from "../sweep/engine.ts";
import { type GridBlock, gridExperiments } from "../sweep/grid.ts";
import { type GridName, GRIDS, REFERENCE_GRIDS } from "../sweep/grids.ts";
import { LocalEngine } from "../sweep/local_engine.ts";
import { makePlan, type SweepPlan } from "../sweep/plan.ts";
import { planText } from "../sweep/plan_text.ts";
import { RayEngine } from "../sweep/ray/engine.ts";
import { REFERENCE_FOLDER } from "../sweep/results_folder.ts";
import { sweep, type SweepSummary } from "../sweep/sweep.ts";
import { planWorkers, thisCapacity } from "../sweep/workers.ts";
import { type Experiment, runName } from "../training/experiment.ts";
import { COUNT, numberOption, task, type TaskHelp, UsageError } from "./help.ts";
import { setUpBackend } from "./prepare.ts";
import { checkSent, onNodes, RAY_HELP, readRayWish, setUpRay } from "./sweep_ray.ts";

const HELP: TaskHelp = {
  name: "sweep",
  about:
    "Trains a grid of experiments in worker processes, the most telling first. Each result is a small file in\n" +
    "outputs/mine/sweep/; a finished run, also one of the published in outputs/reference/, is never repeated,\n" +
    "a stopped one (Ctrl-C, or killed) goes on from its checkpoint. The stored run of a result, with its weights,\n" +
    "is removed from outputs/mine/runs/ unless it was there before. Where several are accepted: 0,2-4 or cnn,lstm.",
  options: [
    ["--plan", "what is missing and how long it will take; runs nothing"],
    [
      "--grid NAME|FILE",
      `${Object.keys(GRIDS).join(", ")}, or JSON like lib/sweep/grids.ts; default reference`,
    ],
    ["--model NAMES", "of the grid, only these models with their ablations"],
    ["--corpus NAMES", "only these corpora"],
    ["--split NAMES", "only these splits"],
    ["--seed NUMBERS", "only these seeds"],
    ["--seeds NUMBERS", "the same as --seed"],
    ["--fold NUMBERS", "only these folds"],
    ["--epochs N", "another length for all"],
    [
      "--publish",
      "results go to outputs/reference/: of the grids reference and close-reading only",
    ],
    ["--keep-weights", "keep the stored runs with their weights"],
    ["--workers N", "runs at once; default one on each core, as memory allows"],
    [
      "--engine NAME",
      "local: processes on this machine; ray: tasks of a Ray cluster; default local",
    ],
    ...RAY_HELP,
  ],
};

/** What the command line asks for. */
type Wish = Awaited<ReturnType<typeof readWish>>;

/** @returns 0 if nothing is missing, or with `--plan`; 1 if a run is missing; 130 if it was interrupted. */
export const main = task(HELP, async ({ values }) => {
  const wish = await readWish(values);
  if (!values.plan) return await run(wish);
  console.log(planText(await makePlan(wish.grid, wish), wish.workers.workers));
  return 0;
});

/** Reads the options. */
export async function readWish(values: Record<string, unknown>) {
  const ray = readRayWish(values);
  const blocks = await readBlocks((values.grid as string | undefined) ?? "reference");
  const choice: Choice = {
    ...Object.fromEntries(
      (["model", "corpus", "split"] as const).map((name) => [name, words(values[name])]),
    ),
    seed: numbers("seed", values.seed ?? values.seeds),
    fold: numbers("fold", values.fold),
    epochs: numberOption(values, "epochs", COUNT),
  };
  const grid = asUsage(() => chooseExperiments(gridExperiments(blocks), choice));
  if (ray) await checkSent(new Set(grid.map(({ corpus }) => corpus)), ray);
  return {
    grid,
    folder: values.publish === true ? publishedFolder(grid) : SWEEP_FOLDER,
    published: REFERENCE_FOLDER,
    workers: planWorkers(await thisCapacity(), numberOption(values, "workers", COUNT)),
    keepWeights: values["keep-weights"] === true,
    ray,
    corporaElsewhere: ray !== undefined && onNodes(ray),
  };
}

async function readBlocks(grid: string): Promise<readonly GridBlock[]> {
  const names = Object.keys(GRIDS);
  if (names.includes(grid)) return GRIDS[grid as GridName];
  const text = await Deno.readTextFile(grid).catch(() => {
    throw new UsageError(
      `Expected --grid ${names.join(", ")} or a file, received "${grid}"${didYouMean(grid, names)}`,
    );
  });
  const blocks = asUsage(() => JSON.parse(text));
  if (Array.isArray(blocks)) return blocks;
  throw new UsageError(
    `Expected "${grid}" to hold a list like [{ "models": ["cnn"], "corpora": ["savee"] }]`,
  );
}

/** What is wrong with a description is the reader's to mend. */
function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

const words = (text: unknown): string[] | undefined =>
  typeof text === "string" ? text.split(",") : undefined;

/** "0,2-4" as 0, 2, 3, 4. */
function numbers(name: string, text: unknown): number[] | undefined {
  return words(text)?.flatMap((part) => {
    const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part);
    const first = Number(match?.[1]), last = Number(match?.[2] ?? first);
    if (match && first <= last && last - first < 1000) {
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    }
    throw new UsageError(`Expected --${name} to be numbers like 0,2-4, received "${text}"`);
  });
}

/** Where a sweep of one's own keeps its results. */
const SWEEP_FOLDER = join(MINE, "sweep");

/** Only results of some grids come with the project. */
function publishedFolder(grid: readonly Experiment[]): string {
  const all = REFERENCE_GRIDS.flatMap((name) => gridExperiments(GRIDS[name]));
  const reference = new Set(all.map(runName));
  const other = grid.find((each) => !reference.has(runName(each)));
  if (!other) return REFERENCE_FOLDER;
  throw new UsageError(
    `Expected runs of the grids ${REFERENCE_GRIDS.join(" and ")} with --publish, received ${
      runName(other)
    }`,
  );
}

async function run(wish: Wish): Promise<number> {
  const { grid, folder, published, corporaElsewhere } = wish;
  if (!wish.ray) await setUpBackend();
  const interval = Deno.stderr.isTerminal() ? undefined : Infinity; // a log has what stays, no more
  const line = new LiveLine({ interval });
  const signal = interruptSignal();
  signal.addEventListener("abort", () => line.end("Stopping; the runs keep their state"));
  const summary = await sweep(grid, {
    ...{ folder, published, corporaElsewhere, line, signal },
    engine: (plan) => makeEngine(plan, wish, line, signal),
    onPlan: (plan, engine) => {
      line.end(planText(plan, engine.workers));
      if (plan.toRun.length > 0) line.end(engine.description);
    },
  });
  line.end();
  console.log(summaryText(summary, [...new Set([published, folder])]));
  if (signal.aborted) return 130;
  return summary.finished === summary.runs ? 0 : 1;
}

/** What does the runs; no cluster is asked if there is none to do. */
async function makeEngine(
  { estimate, toRun }: SweepPlan,
  { workers, keepWeights, ray }: Wish,
  line: LiveLine,
  signal: AbortSignal,
): Promise<Engine> {
  if (!ray || toRun.length === 0) return new LocalEngine({ plan: workers, estimate, keepWeights });
  line.update("Connecting to the Ray cluster");
  const python = await setUpRay(line), onCluster = (text: string) => line.end(text);
  return await RayEngine.connect({ ...ray, python, estimate, onCluster }, signal);
}

function summaryText({ runs, finished, failed }: SweepSummary, folders: string[]): string {
  const lines = [...failed].map(([run, reason]) => `Failed: ${run}: ${reason}`);
  const where = folders.map((folder) => relative(PROJECT_ROOT, folder)).join(" and ");
  return [...lines, `${finished} of ${runs} runs finished, their results in ${where}`].join("\n");
}
