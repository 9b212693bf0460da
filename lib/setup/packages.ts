/** The npm packages of deno.json in node_modules/. @module */
import { join } from "@std/path";
import { exists, PROJECT_ROOT } from "../support/files.ts";
import { lastLines, runCommand } from "./command.ts";
import { SetupError } from "../support/setup_error.ts";

/**
 * Installs the npm packages that deno.json names into `node_modules/`, from Deno's per-user cache
 * where they are there.
 * @param needed Paths below `node_modules/` that must exist afterwards; if all do, nothing is done.
 * @param say Called before a download.
 * @throws {SetupError} If they cannot be had.
 */
export async function installPackages(
  needed: readonly string[],
  say: (text: string) => void,
): Promise<void> {
  if (await allThere(needed)) return;
  say("Installing the npm packages (about 300 MB the first time)");
  const result = await runCommand([Deno.execPath(), "install", "--quiet"], {
    cwd: PROJECT_ROOT,
    env: { NO_COLOR: "1" },
  });
  if (result.code === 0 && await allThere(needed)) return;
  throw new SetupError(
    "cannot install the npm packages: no connection to the npm registry, or node_modules/ is damaged " +
      `(then delete it); run again afterwards${lastLines(result.stderr)}`,
  );
}

async function allThere(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) => exists(join(PROJECT_ROOT, "node_modules", path))),
  );
  return found.every(Boolean);
}
