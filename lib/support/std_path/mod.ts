/**
 * The part of `jsr:@std/path` that the project uses, over `node:path`, so that `@std/path` resolves
 * where the JSR registry cannot be reached. Named under `links` in deno.json. @module
 */
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The last part of a path, without `suffix` if it ends in it. */
export const basename = (file: string, suffix?: string): string => path.basename(file, suffix);
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
/** The path of a `file:` address. */
export const fromFileUrl = (url: string | URL): string => fileURLToPath(url);
/** The `file:` address of a path. */
export const toFileUrl = (file: string): URL => pathToFileURL(file);
/** The separator of path parts on this system. */
export const SEPARATOR: string = path.sep;
