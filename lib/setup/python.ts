/**
 * The project's own Python environment `.venv`, for what drives Jupyter: nbclient to execute
 * notebooks, JupyterLab to work in them. @module
 */
import { fromFileUrl, join } from "@std/path";
import { PROJECT_ROOT, userCache, writeFileAtomic } from "../support/files.ts";
import { LiveLine } from "../notebook/live.ts";
import { setUpVenv } from "./venv.ts";

/** What the environment can do: execute notebooks, or JupyterLab as well. */
export type PythonLevel = "notebook" | "lab";

/** An environment that is ready. */
export interface PythonEnvironment {
  /** Its Python. */
  python: string;
  /** Its Jupyter data folder, which holds the kernel `deno`; for `JUPYTER_PATH`. */
  jupyterPath: string;
}

/** What a set-up uses; the defaults are right outside tests. */
export interface PythonOptions {
  /** The environment's folder. @default {".venv" of the project} */
  folder?: string;
  /** Folder of the kept wheels and of the lock. @default {userCache("python")} */
  cache?: string;
  /** Python 3.10 or later with pip. @default {await findPython()} */
  python?: string;
  /** Shows progress. @default {new LiveLine()} */
  line?: LiveLine;
}

const listPath = (name: string): string => fromFileUrl(new URL(name, import.meta.url));
const NOTEBOOK = listPath("requirements-notebook.txt"), LAB = listPath("requirements-lab.txt");

/** What each level installs, its disk space in bytes, and its download. */
const LEVELS = {
  notebook: { lists: [NOTEBOOK], space: 120e6, download: "5 MB", what: "nbclient" },
  lab: {
    lists: [NOTEBOOK, LAB],
    space: 700e6,
    download: "60 MB",
    what: "JupyterLab and nbclient",
  },
} as const;

/**
 * Makes or completes the Python environment, unless it is there, and the Deno kernel in it.
 * @throws {SetupError} If it cannot be made: what is missing and how to get it.
 */
export async function setUpPython(
  level: PythonLevel,
  options: PythonOptions = {},
): Promise<PythonEnvironment> {
  const folder = options.folder ?? join(PROJECT_ROOT, ".venv");
  const { python, line } = options, cache = options.cache ?? userCache("python");
  const environment = {
    python: await setUpVenv({ ...LEVELS[level], folder, cache, base: python, line }),
    jupyterPath: join(folder, "share", "jupyter"),
  };
  await writeKernelSpec(environment.jupyterPath);
  return environment;
}

/**
 * The kernel specification of Deno: run by the Deno that runs now, without colour codes in outputs,
 * interrupted by a signal (the notebooks' library handles it).
 */
export function kernelSpec(deno: string): Record<string, unknown> {
  return {
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    interrupt_mode: "signal",
    env: { NO_COLOR: "1" },
  };
}

/** Writes the kernel `deno` into a Jupyter data folder, if it is not there as it should be. */
export async function writeKernelSpec(jupyterPath: string): Promise<void> {
  const path = join(jupyterPath, "kernels", "deno", "kernel.json");
  const text = JSON.stringify(kernelSpec(Deno.execPath()), null, 2) + "\n";
  if (await Deno.readTextFile(path).catch(() => "") !== text) await writeFileAtomic(path, text);
}
