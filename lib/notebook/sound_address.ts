/**
 * Where a notebook's page gets a recording from, without a sample of it standing in the notebook: what
 * is saved is an address, so that no speech can be passed on by saving a notebook. @module
 */
import { existsSync } from "node:fs";
import { basename, join, relative } from "@std/path";
import type { CorpusInfo } from "../corpora/types.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { serveSound } from "./sound_server.ts";

/** From notebooks/ to the project; execute.py fits it to where a copy goes. */
const FROM_NOTEBOOK = "../";

/**
 * The address of a file in the project, relative to a notebook, as JupyterLab resolves it; undefined for
 * a file elsewhere.
 */
export function projectAddress(path: string): string | undefined {
  const inside = relative(PROJECT_ROOT, path).replaceAll("\\", "/");
  if (inside.startsWith("../") || /^([A-Za-z]:)?\//.test(inside)) return undefined;
  return FROM_NOTEBOOK + inside.split("/").map(encodeURIComponent).join("/");
}

/**
 * The address of a recording that everybody may hear and has, because it comes with the project,
 * wherever the reader's own copy lies.
 * @param path Of the reader's copy.
 * @returns Undefined for a corpus that may not be passed on, or a file that the project lacks.
 */
export function sharedAddress(info: CorpusInfo, path: string): string | undefined {
  const shared = join(PROJECT_ROOT, "data", info.name, basename(path));
  return info.mayBeShown && existsSync(shared) ? projectAddress(shared) : undefined;
}

/**
 * An address that plays in this session: of a file in the project as above, of any other one on this
 * machine from a small server of the kernel, until the kernel ends.
 */
export const sessionAddress = (path: string): string => projectAddress(path) ?? serveSound(path);
