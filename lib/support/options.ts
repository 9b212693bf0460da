/** Options by name: a notebook's code is not type-checked, and a misspelt option must not be ignored. @module */
import { didYouMean } from "./nearest.ts";

/**
 * Refuses options that there are not.
 * @param action What cannot be done with them, for the message.
 * @param options What came.
 * @param names The options that there are, with spaces between.
 * @throws {TypeError} If there is none of a name.
 * @example Usage
 * ```ts
 * import { checkOptions } from "ser/support/options.ts";
 * import { throws } from "node:assert/strict";
 * checkOptions("take MFCCs", { nMfcc: 13 }, "nMels nMfcc");
 * throws(() => checkOptions("take MFCCs", { nMfc: 13 }, "nMels nMfcc"), {
 *   name: "TypeError",
 *   message:
 *     'Cannot take MFCCs: expected options among nMels, nMfcc, received "nMfc" (did you mean "nMfcc"?)',
 * });
 * ```
 */
export function checkOptions(action: string, options: object, names: string): void {
  const known = names.split(" ");
  const strange = Object.keys(options).find((name) => !known.includes(name));
  if (strange === undefined) return;
  throw new TypeError(
    `Cannot ${action}: expected options among ${known.join(", ")}, received "${strange}"${
      didYouMean(strange, known)
    }`,
  );
}
