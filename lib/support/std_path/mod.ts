/**
 * The part of `jsr:@std/path` that the project uses, over `node:path`, so that `@std/path` resolves
 * where the JSR registry cannot be reached. Named under `links` in deno.json. @module
 */
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The last part of a path, without `suffix` where that leaves something; the root has its own name. */
export const basename = (file: string, suffix = ""): string => {
  const name = path.basename(file) || file.slice(-1);
  const whole = suffix.length >= name.length || !name.endsWith(suffix);
  return whole ? name : name.slice(0, name.length - suffix.length);
};
/** The folder that holds a path. */
export const dirname = (file: string): string => path.dirname(file);
/** The extension of a path, with its dot. */
export const extname = (file: string): string => path.extname(file);
/** Joins parts and normalises the result. */
export const join = (...parts: string[]): string => path.join(...parts);
/** Makes a path absolute from the working folder. */
export const resolve = (...parts: string[]): string => path.resolve(...parts);
/** The way from one path to another. */
export const relative = (from: string, to: string): string => path.relative(from, to);
/** Whether a path starts at the root. */
export const isAbsolute = (file: string): boolean => path.isAbsolute(file);
/** The path of a `file:` address; a per cent sign that begins no escape stands for itself. */
export const fromFileUrl = (url: string | URL): string =>
  fileURLToPath(new URL(String(url).replaceAll(/%(?![0-9A-Fa-f]{2})/g, "%25")));
/** The `file:` address of an absolute path. */
export const toFileUrl = (file: string): URL => {
  if (path.isAbsolute(file)) return pathToFileURL(file);
  throw new TypeError(`Path must be absolute: received "${file}"`);
};
/** The separator of path parts on this system. */
export const SEPARATOR: string = path.sep;
