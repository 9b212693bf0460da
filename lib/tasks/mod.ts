/**
 * The commands of deno.json: `deno run -A lib/tasks/mod.ts NAME ARGUMENTS`. Each task is loaded only
 * when it is called, so that a small one does not wait for TensorFlow. @module
 */
import { format } from "node:util";
import { resolve } from "@std/path";
import { errorText } from "../support/error_text.ts";
import { didYouMean } from "../support/nearest.ts";
import { UsageError } from "./help.ts";
import { type Main, TASKS } from "./table.ts";

/** As of a program that SIGPIPE ended: nobody reads what it prints. */
const PIPE_CLOSED = 141;

/** The list of tasks that a wrong or missing word gets. */
function taskList(): string {
  const lines = Object.entries(TASKS).map(([name, { about }]) => `  ${name.padEnd(10)}${about}`);
  return `Usage: deno task NAME [ARGUMENTS]\n\n${lines.join("\n")}\n\n` +
    "deno task NAME --help tells more.";
}

/**
 * Runs one task.
 * @returns The exit status: 0 done, 1 failed, 2 wrong command line, 130 interrupted.
 */
export async function runTask(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    console.log(taskList());
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(TASKS, name) ? TASKS[name].load : undefined;
  if (!load) {
    const near = didYouMean(name, Object.keys(TASKS));
    console.error(`There is no task "${name}"${near}.\n\n${taskList()}`);
    return 2;
  }
  try {
    return await (await load()).main(rest);
  } catch (error) {
    return report(name, error);
  }
}

/** Says what went wrong in one sentence; returns the exit status. */
function report(name: string, error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\nSee: deno task ${name} --help`);
    return 2;
  }
  console.error(errorText(error, `run "${name}"`));
  return (error as Error)?.name === "TrainingInterrupted" ? 130 : 1;
}

/**
 * Runs a task as the whole process, which ends with it: errors that nobody caught are told as others
 * are, and a closed standard output ends it without a word.
 */
export async function runMain(name: string, main: Main): Promise<never> {
  const fail = (error: unknown) => Deno.exit(report(name, error));
  globalThis.addEventListener("error", (event) => fail(event.error));
  globalThis.addEventListener("unhandledrejection", (event) => fail(event.reason));
  console.log = (...values) => print(`${format(...values)}\n`);
  try {
    const from = Deno.env.get("INIT_CWD"); // where the reader typed "deno task"
    if (from) Deno.chdir(from);
    for (const name of ["SER_DATA", "SER_CACHE"]) { // notebooks run in another folder
      const folder = Deno.env.get(name);
      if (folder) Deno.env.set(name, resolve(folder));
    }
    Deno.exit(await main(Deno.args));
  } catch (error) {
    return fail(error);
  }
}

/** Writes to standard output; `console.log` would not tell that nobody reads it. */
function print(text: string): void {
  try {
    let bytes = new TextEncoder().encode(text);
    while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(PIPE_CLOSED);
    throw error;
  }
}

if (import.meta.main) await runMain(Deno.args[0] ?? "", runTask);
