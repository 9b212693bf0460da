/** Which code made a number. @module */
import { createHash } from "node:crypto";
import { dirname, join, relative, SEPARATOR } from "@std/path";
import { runCommand } from "../setup/command.ts";
import { filesBelow, PROJECT_ROOT } from "./files.ts";

/** The version of the code of a training. */
export interface CodeVersion {
  /** The commit that was checked out; absent where the project is no git checkout. */
  commit?: string;
  /**
   * Hex SHA-256 of what decides a training's numbers once its features are there (`trainingFiles`):
   * also tells changes that are not committed. Results of earlier versions do not have it.
   */
  training?: string;
  /** Of results of earlier versions: the same of everything in lib/, site and demo included. */
  lib?: string;
}

/**
 * The version of the code on disk.
 * @param root The project's folder. @default {the one that this code is in}
 * @example Usage
 * ```ts
 * import { codeVersion } from "ser/support/code_version.ts";
 * import { deepStrictEqual, match } from "node:assert/strict";
 * const version = await codeVersion();
 * match(version.training!, /^[0-9a-f]{64}$/);
 * deepStrictEqual(await codeVersion(), version);
 * ```
 */
export async function codeVersion(root: string = PROJECT_ROOT): Promise<CodeVersion> {
  const training = trainingFiles(root).then((files) => hashOfFiles(files, root));
  const [commit, hash] = await Promise.all([commitOf(root), training]);
  return { ...(commit ? { commit } : {}), training: hash };
}

/** Whether the present code made a result; one of an earlier version, without the hash, it did not. */
export const madeBy = (code: CodeVersion | undefined, present: CodeVersion): boolean =>
  code?.training !== undefined && code.training === present.training;

/**
 * What a training is made of: the modules that `trainOrLoad` imports, directly or not, and the C++ that
 * they call. Not what only shows results (site, demo, plots, notebooks, tasks), nor what takes the
 * features, whose numbers a run knows (`RunData.features`).
 */
export async function trainingFiles(root: string): Promise<string[]> {
  const modules = await modulesOf(join(root, "lib", "training", "runs.ts"));
  return [...modules, ...await filesBelow(join(root, "lib", "backend", "kernels"))];
}

/** How `deno fmt` leaves an import of a module's values, and one that is made later. */
const IMPORTS = [
  /^(?:import|export)\s+(?!type\b)(?:[^"'();]*?\sfrom\s+)?"(\.\.?\/[^"]+)"/gm,
  /\bimport\(\s*"(\.\.?\/[^"]+)"/g,
];

/** Sorted paths of a module and all that it imports, directly or not; not for types alone, nor packages. */
export async function modulesOf(entry: string): Promise<string[]> {
  const found = new Set<string>(), open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const text = await Deno.readTextFile(path), folder = dirname(path);
    for (const form of IMPORTS) {
      for (const [, target] of text.matchAll(form)) open.push(join(folder, target));
    }
  }
  return [...found].sort();
}

/** Hex SHA-256 of the contents of files in their order, and of their names from a folder. */
export async function hashOfFiles(files: readonly string[], root: string): Promise<string> {
  const hash = createHash("sha256");
  for (const path of files) {
    const bytes = await Deno.readFile(path);
    const name = relative(root, path).replaceAll(SEPARATOR, "/");
    hash.update(`${name}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

/** The commit of a checkout whose top folder this is; a folder inside another one has none. */
async function commitOf(root: string): Promise<string | undefined> {
  const { code, stdout } = await runCommand(["git", "rev-parse", "--show-cdup", "HEAD"], {
    cwd: root,
  });
  return code === 0 ? stdout.match(/^\n([0-9a-f]{40,64})\n$/)?.[1] : undefined;
}
