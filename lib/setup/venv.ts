/**
 * Python environments of the project's own. Made without ensurepip, with pip of any age, and under
 * PEP 668; all wheels are kept in the per-user cache, so that a second clone downloads nothing. @module
 */
import { basename, join } from "@std/path";
import { exists, namesIn, sha256, writeFileAtomic } from "../support/files.ts";
import { findPython, lastLines, runCommand } from "./command.ts";
import { formatBytes, requireSpace } from "../support/disk.ts";
import { withLock } from "../support/lock.ts";
import { pipError, runPip } from "./pip.ts";
import { LiveLine } from "../notebook/live.ts";
import { SetupError } from "../support/setup_error.ts";
import { watchFolder } from "./wheel.ts";

/** An environment that is wanted. */
export interface VenvPlan {
  /** Where it is or will be. */
  folder: string;
  /** Folder of the kept wheels and of the lock. */
  cache: string;
  /** Paths of the requirement lists, each of another file name. */
  lists: readonly string[];
  /** Disk space that it needs, in bytes. */
  space: number;
  /** Size of the download in words. */
  download: string;
  /** What it holds, in words. */
  what: string;
  /** Python with pip to make it with. @default {await findPython()} */
  base?: string;
  /** Shows progress. @default {new LiveLine()} */
  line?: LiveLine;
}

/** What the stamp file says. It is written last: only a whole environment has one. */
interface Stamp {
  /** SHA-256 of the requirement lists that are installed, by file name. */
  lists: Record<string, string>;
  /** The Python that it was made with. */
  version: string;
}

const PIP = "pip==26.3";

/**
 * Makes an environment, unless it is there with all that is wanted.
 * @returns Its Python.
 * @throws {SetupError} If it cannot be made: what is missing and how to get it.
 */
export async function setUpVenv(plan: VenvPlan): Promise<string> {
  const { folder, cache, space, line = new LiveLine() } = plan;
  if (!(await isReady(plan))) {
    const base = plan.base ?? await findPython();
    const onWait = (holder: string) =>
      line.end(`Another set-up is running (${holder}): waiting until it is done`);
    await withLock(join(cache, "lock"), async () => {
      if (await isReady(plan)) return; // the other one made it
      await requireSpace(folder, space);
      await make({ ...plan, base, line });
    }, { onWait });
  }
  return pythonOf(folder);
}

const pythonOf = (folder: string): string => join(folder, "bin", "python");

/** SHA-256 of what each list installs. */
async function listHashes(lists: readonly string[]): Promise<Record<string, string>> {
  const entries = lists.map(async (path) => {
    const text = `${PIP}\n${await Deno.readTextFile(path)}`;
    return [basename(path), await sha256(text)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Whether the environment is whole, of the present requirement lists, and its Python still runs. */
async function isReady({ folder, lists }: VenvPlan): Promise<boolean> {
  const text = await Deno.readTextFile(join(folder, "ready.json")).catch(() => "{}");
  const stamp = JSON.parse(text) as Partial<Stamp>;
  for (const [name, hash] of Object.entries(await listHashes(lists))) {
    if (stamp.lists?.[name] !== hash) return false;
  }
  return stamp.version === await pythonVersion(pythonOf(folder));
}

async function pythonVersion(python: string): Promise<string> {
  return (await runCommand([python, "-c", "import sys; print(sys.version)"])).stdout.trim();
}

/** Makes the environment anew, under the lock. */
async function make(plan: Required<VenvPlan>): Promise<void> {
  const { folder, cache, base, line, lists, download, what } = plan;
  const work = join(cache, `work-${crypto.randomUUID().slice(0, 8)}`);
  await removeUnfinished(cache);
  if (await exists(folder)) await Deno.remove(folder, { recursive: true });
  line.update(`Making the Python environment in "${folder}"`);
  try {
    const venv = await runCommand([base, "-m", "venv", "--without-pip", folder]);
    if (venv.code !== 0) {
      throw new SetupError(`cannot make a Python environment:${lastLines(venv.stderr)}`);
    }
    const python = pythonOf(folder);
    const target = await runCommand([
      ...[python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
    ]);
    const shelf = { wheels: join(cache, "wheels"), work, line, size: download };
    await install(base, ["--target", target.stdout.trim()], [PIP], shelf);
    await install(python, [], lists.flatMap((path) => ["-r", path]), shelf);
    const stamp: Stamp = { lists: await listHashes(lists), version: await pythonVersion(python) };
    await writeFileAtomic(join(folder, "ready.json"), JSON.stringify(stamp, null, 2) + "\n");
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
  line: LiveLine;
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
  for (const name of await namesIn(fresh)) await Deno.rename(join(fresh, name), join(wheels, name));
  line.update("Installing the Python packages");
  const result = await runPip(python, offline, temporary);
  if (result.code !== 0) throw pipError("install the Python packages", result.stderr);
}

/** Removes what interrupted set-ups left beside the kept wheels. */
async function removeUnfinished(cache: string): Promise<void> {
  for (const name of await namesIn(cache, /^work-/)) {
    await Deno.remove(join(cache, name), { recursive: true }).catch(() => {});
  }
}
