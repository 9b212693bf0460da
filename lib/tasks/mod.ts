/**
 * The commands of deno.json: `deno run -A lib/tasks/mod.ts NAME ARGUMENTS`. Each task is loaded only
 * when it is called, so that a small one does not wait for TensorFlow. @module
 */
import { resolve } from "@std/path";
import { SetupError } from "../support/setup_error.ts";
import { UsageError } from "./help.ts";

/** What does a task. */
type Main = (args: string[]) => Promise<number>;

/** One task: what it is for, and the module that does it. */
interface Task {
  about: string;
  /** Left out where the module lies outside lib/ and is a command of its own in deno.json. */
  load?: () => Promise<{ main: Main }>;
}

/** The tasks, in the order of the README. */
const TASKS: Record<string, Task> = {
  paper: {
    about: "execute the notebooks on the best corpora found and compare with the paper",
    load: () => import("./paper.ts"),
  },
  test: {
    about: "formatting, lint, types, unit tests, and every notebook in quick mode",
  },
  lab: {
    about: "JupyterLab with the Deno kernel, opened on the notebooks",
    load: () => import("./lab.ts"),
  },
  train: {
    about: "one training run, stored under outputs/runs/",
    load: () => import("./train.ts"),
  },
  sweep: {
    about: "a grid of training runs, several at once; --plan tells what is missing",
    load: () => import("./sweep.ts"),
  },
  features: {
    about: "MFCC features of sound files",
    load: () => import("./features.ts"),
  },
  predict: {
    about: "the emotions in your own recordings, as text, JSON or CSV",
    load: () => import("./predict.ts"),
  },
  models: {
    about: "trained networks as files, for predict and the page",
    load: () => import("./models.ts"),
  },
  data: {
    about: "get or check the speech corpora",
    load: () => import("./data.ts"),
  },
  bench: {
    about: "how fast it is; with --peer beside Keras, librosa and NumPy",
  },
  readme: {
    about: "the README's results and picture, from what was run",
    load: () => import("./readme.ts"),
  },
  site: {
    about: "the executed notebooks as a web site, in outputs/site/",
    load: () => import("./site.ts"),
  },
  demo: {
    about: 'the page "Try your voice": hears emotions in the browser',
    load: () => import("./demo.ts"),
  },
  setup: {
    about: "native TensorFlow, for the CPU or with --gpu for CUDA",
    load: () => import("./setup.ts"),
  },
};

/** The list of tasks that a wrong or missing word gets. */
function taskList(): string {
  const lines = Object.entries(TASKS).map(([name, { about }]) => `  ${name.padEnd(10)}${about}`);
  return `Usage: deno task NAME [ARGUMENTS]\n\n${lines.join("\n")}\n\n` +
    "deno task NAME --help tells more.";
}

/**
 * Runs one task.
 * @param args The task's name and its arguments.
 * @returns The exit status: 0 done, 1 failed, 2 wrong command line.
 * @example Usage
 * ```ts
 * import { runTask } from "ser/tasks/mod.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(await runTask(["setup", "--help"]), 0);
 * ```
 */
export async function runTask(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    console.log(taskList());
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(TASKS, name) ? TASKS[name].load : undefined;
  if (!load) {
    console.error(`There is no task "${name}".\n\n${taskList()}`);
    return 2;
  }
  return await guard(name, async () => (await load()).main(rest));
}

/** Does a task's work; an error that is the reader's to mend becomes a sentence and an exit status. */
async function guard(name: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\nSee: deno task ${name} --help`);
      return 2;
    }
    if (error instanceof SetupError) {
      console.error(`Cannot run "${name}": ${error.message}`);
      return 1;
    }
    throw error;
  }
}

/**
 * Runs a task whose module lies outside lib/, as `runTask` runs the others.
 * @param name The task's name.
 * @param main What does it.
 * @returns The exit status.
 */
export function runMain(name: string, main: Main): Promise<number> {
  prepare();
  return guard(name, () => main(Deno.args));
}

/** Goes where the reader typed "deno task", and makes the folders that they named absolute. */
function prepare(): void {
  const from = Deno.env.get("INIT_CWD");
  if (from) Deno.chdir(from);
  for (const name of ["SER_DATA", "SER_CACHE"]) { // notebooks run in another folder
    const folder = Deno.env.get(name);
    if (folder) Deno.env.set(name, resolve(folder));
  }
}

if (import.meta.main) {
  prepare();
  Deno.exit(await runTask(Deno.args));
}
