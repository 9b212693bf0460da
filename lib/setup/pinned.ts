/** Environments whose packages are all pinned, for programs that are not the project's own part. @module */
import { join, relative } from "@std/path";
import { PROJECT_ROOT } from "../support/files.ts";
import { SetupError } from "../support/setup_error.ts";
import { findPython, runCommand } from "./command.ts";
import type { LiveLine } from "../notebook/live.ts";
import { setUpVenv, type VenvPlan } from "./venv.ts";

/** An environment that is wanted. */
export interface PinnedPlan extends Pick<VenvPlan, "space" | "download" | "what"> {
  /** The environment variable with which the reader names a Python of their own. */
  variable: string;
  /** Path of the requirement list. */
  list: string;
  /** Its folder in the per-user cache. */
  cache: string;
  /** Shows progress. */
  line: LiveLine;
}

/**
 * The reader's own Python, else that of an environment, which is made on first use.
 * @throws {SetupError} If it cannot be had: what is missing and how to get it.
 */
export async function setUpPinned(plan: PinnedPlan): Promise<string> {
  const { variable, list, cache } = plan;
  const own = Deno.env.get(variable);
  const base = own || await findPython();
  await checkPython(base, plan);
  if (own) return own;
  return await setUpVenv({ ...plan, folder: join(cache, "venv"), lists: [list], base });
}

/** The pinned packages exist for Python 3.11 to 3.13. */
async function checkPython(python: string, { variable, list, what }: PinnedPlan): Promise<void> {
  const { stdout, stderr } = await runCommand([
    ...[python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
  ]);
  const version = stdout.trim();
  if (["3.11", "3.12", "3.13"].includes(version)) return;
  const is = version ? `Python ${version}` : `none (${stderr.trim().split("\n").at(-1)})`;
  throw new SetupError(
    `Python 3.11 to 3.13 is needed for ${what}, "${python}" is ${is}; set ${variable} to one that has the packages of ${
      relative(PROJECT_ROOT, list)
    }`,
  );
}
