/**
 * The project's own Python environment `.venv`, for what drives Jupyter: nbclient to execute
 * notebooks, JupyterLab to work in them. Made without ensurepip, with pip of any age, and under
 * PEP 668; all wheels are kept in the per-user cache, so that a second clone downloads nothing. @module
 */
import { fromFileUrl, join } from "@std/path";
import { exists, PROJECT_ROOT, sha256, userCache, writeFileAtomic } from "../support/files.ts";
import { findPython, lastLines, runCommand } from "./command.ts";
import { formatBytes, requireSpace } from "../support/disk.ts";
import { withLock } from "../support/lock.ts";
import { pipError, runPip } from "./pip.ts";
import { ProgressLine } from "./progress_line.ts";
import { SetupError } from "../support/setup_error.ts";
import { watchFolder } from "./wheel.ts";

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
  /** Shows progress. @default {new ProgressLine()} */
  line?: ProgressLine;
}

/** What the stamp file says. It is written last: only a whole environment has one. */
interface Stamp {
  /** SHA-256 of the requirement lists of each level that the environment has. */
  levels: Partial<Record<PythonLevel, string>>;
  /** The Python that it was made with. */
  version: string;
}

const PIP = "pip==26.3";
const LISTS: Record<PythonLevel, readonly string[]> = {
  notebook: ["requirements-notebook.txt"],
  lab: ["requirements-notebook.txt", "requirements-lab.txt"],
};
/** Disk space and download of each level, in bytes. */
const SPACE: Record<PythonLevel, number> = { notebook: 120e6, lab: 700e6 };
const DOWNLOAD: Record<PythonLevel, string> = { notebook: "5 MB", lab: "60 MB" };

/**
 * Makes or completes the Python environment, unless it is there, and the Deno kernel in it.
 * @param level What it must be able to do.
 * @param options What to use.
 * @throws {SetupError} If it cannot be made: what is missing and how to get it.
 */
export async function setUpPython(
  level: PythonLevel,
  options: PythonOptions = {},
): Promise<PythonEnvironment> {
  const folder = options.folder ?? join(PROJECT_ROOT, ".venv");
  const cache = options.cache ?? userCache("python");
  const environment = {
    python: join(folder, "bin", "python"),
    jupyterPath: join(folder, "share", "jupyter"),
  };
  if (!(await isReady(folder, level))) {
    const line = options.line ?? new ProgressLine();
    const base = options.python ?? await findPython();
    const onWait = (holder: string) =>
      line.end(`Another set-up is running (${holder}): waiting until it is done`);
    await withLock(join(cache, "lock"), async () => {
      if (await isReady(folder, level)) return; // the other one made it
      await requireSpace(folder, SPACE[level]);
      await make(level, { folder, cache, base, line });
    }, { onWait });
  }
  await writeKernelSpec(environment.jupyterPath);
  return environment;
}

/**
 * The kernel specification of Deno: run by the Deno that runs now, without colour codes in outputs,
 * interrupted by a signal (the notebooks' library handles it).
 * @param deno Path of the Deno executable.
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

const listPath = (name: string): string => fromFileUrl(new URL(name, import.meta.url));

/** SHA-256 of what a level installs. */
async function levelHash(level: PythonLevel): Promise<string> {
  const texts = await Promise.all(LISTS[level].map((name) => Deno.readTextFile(listPath(name))));
  return await sha256(new TextEncoder().encode([PIP, ...texts].join("\n")));
}

/** Whether the environment is whole, of the present requirement lists, and its Python still runs. */
async function isReady(folder: string, level: PythonLevel): Promise<boolean> {
  const text = await Deno.readTextFile(join(folder, "ready.json")).catch(() => "{}");
  const stamp = JSON.parse(text) as Partial<Stamp>;
  if (stamp.levels?.[level] !== await levelHash(level)) return false;
  return stamp.version === await pythonVersion(join(folder, "bin", "python"));
}

async function pythonVersion(python: string): Promise<string> {
  return (await runCommand([python, "-c", "import sys; print(sys.version)"])).stdout.trim();
}

/** Where to work and what with. */
interface Place {
  folder: string;
  cache: string;
  base: string;
  line: ProgressLine;
}

/** Makes the environment anew, under the lock. */
async function make(level: PythonLevel, { folder, cache, base, line }: Place): Promise<void> {
  const work = join(cache, `work-${crypto.randomUUID().slice(0, 8)}`);
  await removeUnfinished(cache);
  if (await exists(folder)) await Deno.remove(folder, { recursive: true });
  line.update(`Making the Python environment in "${folder}"`);
  try {
    const venv = await runCommand([base, "-m", "venv", "--without-pip", folder]);
    if (venv.code !== 0) {
      throw new SetupError(`cannot make a Python environment:${lastLines(venv.stderr)}`);
    }
    const python = join(folder, "bin", "python");
    const target = await runCommand([
      ...[python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
    ]);
    const shelf = { wheels: join(cache, "wheels"), work, line, size: DOWNLOAD[level] };
    await install(base, ["--target", target.stdout.trim()], [PIP], shelf);
    const lists = LISTS[level].flatMap((name) => ["-r", listPath(name)]);
    await install(python, [], lists, shelf);
    const levels: Stamp["levels"] = { notebook: await levelHash("notebook") };
    if (level === "lab") levels.lab = await levelHash("lab");
    const stamp: Stamp = { levels, version: await pythonVersion(python) };
    await writeFileAtomic(join(folder, "ready.json"), JSON.stringify(stamp, null, 2) + "\n");
    const what = level === "lab" ? "JupyterLab and nbclient" : "nbclient";
    line.end(`Python environment with ${what}: made in "${folder}"`);
  } finally {
    line.end();
    await removeUnfinished(cache);
  }
}

/** The kept wheels and how to add to them. */
interface Shelf {
  wheels: string;
  work: string;
  line: ProgressLine;
  /** Size of the download in words. */
  size: string;
}

/**
 * Installs from the kept wheels alone; if some are missing, downloads them first. Whole wheels are
 * moved in by renaming.
 */
async function install(python: string, where: string[], what: string[], shelf: Shelf) {
  const { wheels, work, line, size } = shelf;
  await Deno.mkdir(wheels, { recursive: true });
  const offline = [
    ...["install", "--no-index", "--find-links", wheels, "--no-warn-script-location"],
    ...where,
    ...what,
  ];
  line.update("Installing the Python packages");
  const temporary = join(work, "tmp");
  if ((await runPip(python, offline, temporary)).code === 0) return;
  const fresh = join(work, "wheels");
  const download = [
    "download",
    "--find-links",
    wheels,
    "--prefer-binary",
    "--dest",
    fresh,
    ...what,
  ];
  const got = await watchFolder(
    work,
    line,
    (bytes) => `Downloading the Python packages: ${formatBytes(bytes)} of about ${size}`,
    runPip(python, download, temporary),
  );
  if (got.code !== 0) throw pipError(`download the Python packages (${size})`, got.stderr);
  for await (const { name } of Deno.readDir(fresh)) {
    await Deno.rename(join(fresh, name), join(wheels, name));
  }
  line.update("Installing the Python packages");
  const result = await runPip(python, offline, temporary);
  if (result.code !== 0) throw pipError("install the Python packages", result.stderr);
}

/** Removes what interrupted set-ups left beside the kept wheels. */
async function removeUnfinished(cache: string): Promise<void> {
  if (!(await exists(cache))) return;
  for await (const { name } of Deno.readDir(cache)) {
    if (!name.startsWith("work-")) continue;
    await Deno.remove(join(cache, name), { recursive: true }).catch(() => {});
  }
}
