/**
 * Data of the page in scripts of their own, loaded when needed: a page opened as a file may load
 * scripts, but not JSON. @module
 */

/** Where the scripts put what they bring. */
const SHELF = globalThis as unknown as { demoData?: Record<string, unknown> };

/**
 * A script that brings data.
 * @param name For {@linkcode loadData}.
 * @param data JSON-serialisable.
 * @returns Its text.
 * @example Usage
 * ```ts
 * import { dataScript } from "ser/demo/page/data.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(dataScript("primes", [2, 3]), '(globalThis.demoData ??= {})["primes"] = [2,3];\n');
 * ```
 */
export function dataScript(name: string, data: unknown): string {
  return `(globalThis.demoData ??= {})[${JSON.stringify(name)}] = ${JSON.stringify(data)};\n`;
}

const loading = new Map<string, Promise<unknown>>();

/**
 * Loads the data of `NAME.js`, once.
 * @param name Which.
 * @throws {Error} If the script does not come.
 */
export function loadData<T>(name: string): Promise<T> {
  if (!loading.has(name)) loading.set(name, fetchData(name));
  return loading.get(name) as Promise<T>;
}

function fetchData(name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${name}.js`;
    script.onload = () => {
      script.remove();
      resolve(SHELF.demoData![name]);
    };
    script.onerror = () => {
      loading.delete(name); // so that the reader can try again
      reject(
        new Error(
          `Cannot load the networks: expected "${name}.js" beside this page; build it anew`,
        ),
      );
    };
    document.head.append(script);
  });
}
