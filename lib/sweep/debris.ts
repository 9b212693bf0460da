/** What killed sweeps leave: removed by the next one, never from under a process that lives. @module */
import { join } from "@std/path";
import { exists, namesIn, removeParts } from "../support/files.ts";
import { takeLock } from "../support/lock.ts";
import { readRun, removeOtherWeights } from "../training/stored_run.ts";

/** Ends the name of a run's folder that is being removed. */
const GONE = ".gone";

/**
 * Removes a stored run, unless a process works on it: first out of the way in one go, so that no half of
 * it is ever taken for a run.
 */
export async function removeRun(folder: string): Promise<void> {
  const lock = await takeLock(join(folder, "lock"));
  if (typeof lock === "string") return;
  try {
    await Deno.rename(folder, folder + GONE);
    await Deno.remove(folder + GONE, { recursive: true });
  } catch {
    /* it only takes space; the next sweep tries again */
  } finally {
    await lock.release();
  }
}

/**
 * Removes what killed sweeps have left among the stored runs: files that were never finished, folders
 * with nothing in them, and runs that were stored for results alone that are there.
 */
export async function removeRunDebris(runs: string, finished: ReadonlySet<string>): Promise<void> {
  for (const name of await namesIn(runs)) {
    const folder = join(runs, name);
    if (name.endsWith(GONE)) await Deno.remove(folder, { recursive: true }).catch(() => {});
    else if (await exists(join(folder, "lock"))) await tidy(folder, finished.has(name));
  }
}

/** Tidies the folder of one run, unless it is a reader's, or damaged: that is set aside when it is asked for. */
async function tidy(folder: string, finished: boolean): Promise<void> {
  const others = await readRun(folder).then((run) => run && !run.temporary, () => true);
  const lock = others ? "" : await takeLock(join(folder, "lock"));
  if (typeof lock === "string") return; // its process lives
  let useless: boolean;
  try {
    await removeParts(folder);
    const run = await readRun(folder);
    await removeOtherWeights(folder, run?.weights);
    useless = run ? finished && run.temporary === true : (await namesIn(folder)).length === 1;
  } finally {
    await lock.release();
  }
  if (useless) await removeRun(folder);
}
