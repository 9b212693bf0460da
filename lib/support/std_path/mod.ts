/**
 * The part of `jsr:@std/path` that the project uses, over `node:path`, so that `@std/path` resolves
 * where the JSR registry cannot be reached. Named under `links` in deno.json. @module
 */
import { basename as base, isAbsolute } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export { dirname, extname, isAbsolute, join, relative, resolve, sep as SEPARATOR } from "node:path";

/** The last part of a path, without `suffix` where that leaves something; the root has its own name. */
export const basename = (file: string, suffix = ""): string => {
  const name = base(file) || file.slice(-1);
  const whole = suffix.length >= name.length || !name.endsWith(suffix);
  return whole ? name : name.slice(0, name.length - suffix.length);
};
/** The path of a `file:` address; a per cent sign that begins no escape stands for itself. */
export const fromFileUrl = (url: string | URL): string =>
  fileURLToPath(new URL(String(url).replaceAll(/%(?![0-9A-Fa-f]{2})/g, "%25")));
/** The `file:` address of an absolute path. */
export const toFileUrl = (file: string): URL => {
  if (isAbsolute(file)) return pathToFileURL(file);
  throw new TypeError(`Path must be absolute: received "${file}"`);
};
