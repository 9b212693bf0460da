/** Which code made a result. @module */
import { createHash } from "node:crypto";
import { join, relative, SEPARATOR } from "@std/path";
import { runCommand } from "../setup/command.ts";
import { filesBelow, PROJECT_ROOT } from "./files.ts";

/** A version of the project's code. */
export interface CodeVersion {
  /** The commit that was checked out; absent where the project is no git checkout. */
  commit?: string;
  /** Hex SHA-256 of everything in lib/: also tells changes that are not committed. */
  lib: string;
}

/**
 * The version of the code on disk.
 * @param root The project's folder. @default {the one that this code is in}
 * @example Usage
 * ```ts
 * import { codeVersion } from "ser/support/code_version.ts";
 * import { deepStrictEqual, match } from "node:assert/strict";
 * const version = await codeVersion();
 * match(version.lib, /^[0-9a-f]{64}$/);
 * deepStrictEqual(await codeVersion(), version);
 * ```
 */
export async function codeVersion(root: string = PROJECT_ROOT): Promise<CodeVersion> {
  const [commit, lib] = await Promise.all([commitOf(root), hashOfFolder(join(root, "lib"))]);
  return { ...(commit ? { commit } : {}), lib };
}

/** The commit of a checkout whose top folder this is; a folder inside another one has none. */
async function commitOf(root: string): Promise<string | undefined> {
  const { code, stdout } = await runCommand(["git", "rev-parse", "--show-cdup", "HEAD"], {
    cwd: root,
  });
  return code === 0 ? stdout.match(/^\n([0-9a-f]{40,64})\n$/)?.[1] : undefined;
}

/** Of names and contents. */
async function hashOfFolder(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const path of await filesBelow(folder)) {
    const bytes = await Deno.readFile(path);
    const name = relative(folder, path).replaceAll(SEPARATOR, "/");
    hash.update(`${name}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}
