/** Executing notebooks in real Deno kernels, with nbclient in the project's Python environment. @module */
import { basename, fromFileUrl, resolve } from "@std/path";
import { PROJECT_ROOT } from "../support/files.ts";
import { linesOf } from "../support/lines.ts";
import { lastLines } from "../setup/command.ts";
import type { LiveLine } from "../notebook/live.ts";
import type { PythonEnvironment } from "../setup/python.ts";

/** How to execute a notebook. */
export interface ExecuteOptions {
  /** Python with nbclient, and the kernel `deno`. */
  environment: PythonEnvironment;
  /** Sets `SER_QUICK=1` for the notebook: small and fast. @default {false} */
  quick?: boolean;
  /** Where the executed copy goes. @default {nowhere} */
  output?: string;
  /** The most bytes that the copy may have. @default {1 MiB} */
  limit?: number;
  /** Shows how far it is. */
  line?: LiveLine;
}

/** How it went. */
export interface ExecutedNotebook {
  /** File name of the notebook. */
  name: string;
  /** Code cells executed. */
  cells: number;
  /** Wall time in seconds. */
  seconds: number;
  /** What failed, ready to print; `undefined` if nothing. */
  failure?: string;
}

/** What execute.py prints, a line each. */
type Event =
  | { event: "cells" }
  | { event: "cell"; number: number; total: number }
  | { event: "line"; text: string }
  | { event: "failed"; cell: number; source: string; reason: string }
  | { event: "done" };

const SCRIPT = fromFileUrl(new URL("../notebook/execute.py", import.meta.url));

/**
 * Executes a notebook from top to bottom in a fresh kernel whose working folder is the notebook's.
 * @returns How it went; a failing cell is a result, not an exception.
 */
export async function executeNotebook(
  path: string,
  options: ExecuteOptions,
): Promise<ExecutedNotebook> {
  const { environment, quick = false, output, limit = 1 << 20, line } = options;
  const name = basename(path), start = performance.now();
  const job = {
    notebook: resolve(path),
    output: output === undefined ? null : resolve(output),
    timeout: quick ? 900 : 6 * 3600, // seconds for a cell,
    root: PROJECT_ROOT,
    limit,
  };
  const child = new Deno.Command(environment.python, {
    args: [SCRIPT, JSON.stringify(job)],
    env: {
      SER_QUICK: quick ? "1" : "",
      JUPYTER_PATH: environment.jupyterPath,
      JUPYTER_PREFER_ENV_PATH: "1",
      PYTHONPATH: "",
      TF_CPP_MIN_LOG_LEVEL: "3",
      NO_COLOR: "1",
    },
    stdin: "piped", // execute.py ends when this ends
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const complaint = new Response(child.stderr).text();
  let cells = 0, place = "starting the kernel", last: Event | undefined;
  for await (const text of linesOf(child.stdout)) {
    if (!text.startsWith("{")) continue;
    const event: Event = last = JSON.parse(text);
    if (event.event === "cell") {
      cells = event.number;
      place = `cell ${cells} of ${event.total}`;
    }
    line?.update(`${name}: ${place}${event.event === "line" ? `: ${event.text}` : ""}`);
  }
  const { code } = await child.status;
  await child.stdin.close().catch(() => {});
  const result = { name, cells, seconds: (performance.now() - start) / 1000 };
  if (last?.event === "done") return result;
  const failure = last?.event === "failed"
    ? failureText(name, last)
    : `${name}: the runner ended with status ${code}${lastLines(await complaint, 12)}`;
  return { ...result, failure };
}

/** The failing cell and its error, for people. */
function failureText(
  name: string,
  { cell, source, reason }: { cell: number; source: string; reason: string },
): string {
  const indent = (text: string, by: string) => text.replaceAll(/^/gm, by);
  const hint = reason === "Execution failed"
    ? "\n(most likely a syntax error or a failed import: deno task test --only check tells where)"
    : "";
  if (cell === 0) return `${name}: ${reason}${hint}`;
  return `${name}, code cell ${cell} failed:\n${indent(source, "  | ")}\n${
    indent(reason + hint, "  ")
  }`;
}
