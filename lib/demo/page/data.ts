/**
 * Data of the page in scripts of their own, loaded when needed: a page opened as a file may load
 * scripts, but not JSON. @module
 */
import { loadScript } from "../../web/client/script.ts";

/** Where the scripts put what they bring. */
const SHELF = globalThis as unknown as { demoData?: Record<string, unknown> };

/** The text of a script that brings data for {@linkcode loadData}. */
export function dataScript(name: string, data: unknown): string {
  return `(globalThis.demoData ??= {})[${JSON.stringify(name)}] = ${JSON.stringify(data)};\n`;
}

/**
 * Loads the data of `NAME.js`, once.
 * @throws {Error} If the script does not come.
 */
export async function loadData<T>(name: string): Promise<T> {
  await loadScript(`${name}.js`);
  return SHELF.demoData![name] as T;
}
