/**
 * Whether notebooks are formatted. Deno 2.9 says that a notebook with a newline at its end is not,
 * and leaves that newline when it formats; JupyterLab always writes one. So copies without it are
 * checked, in a folder beside the notebooks. @module
 */
import { basename, dirname, join, resolve } from "@std/path";
import { writeFileAtomic } from "../support/files.ts";
import { runCommand } from "./command.ts";

/**
 * Checks the formatting of notebooks as `deno fmt --check` does.
 * @param paths The notebooks, all in one folder.
 * @returns What is wrong, ready to print; empty if nothing.
 * @example Usage
 * ```ts
 * import { formatComplaints } from "ser/setup/notebook_format.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(await formatComplaints([]), "");
 * ```
 */
export async function formatComplaints(paths: readonly string[]): Promise<string> {
  if (paths.length === 0) return "";
  const folder = resolve(dirname(paths[0]), ".check", crypto.randomUUID().slice(0, 8));
  try {
    const copies = paths.map((path) => join(folder, basename(path)));
    for (const [i, path] of paths.entries()) {
      await writeFileAtomic(copies[i], (await Deno.readTextFile(path)).trimEnd());
    }
    const { code, stdout, stderr } = await runCommand(
      [Deno.execPath(), "fmt", "--check", ...copies],
      { cwd: dirname(folder), env: { NO_COLOR: "1", RUST_BACKTRACE: "0" } },
    );
    return code === 0 ? "" : (stderr + stdout).replaceAll(`${folder}/`, "notebooks/").trim();
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}
