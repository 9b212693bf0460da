/** What a notebook's settings cell asks for: how long to run, and on which corpora. @module */
import { bestCorpora } from "../corpora/find.ts";
import type { CorpusName } from "../corpora/types.ts";

/** Epochs of a training in quick mode: enough to see the curves move. */
export const QUICK_EPOCHS = 20;

/** Whether `SER_QUICK=1` asks for a run of seconds, as `deno task test` does. */
export const quickMode = (): boolean => Deno.env.get("SER_QUICK") === "1";

/**
 * The corpora that a notebook works on: RAVDESS and SAVEE where they are, else the EmoDB excerpt; in
 * quick mode always the excerpt, so that a check gives the same on every machine.
 * @param options Whether the run is quick.
 * @throws {CorpusError} If no corpus is there at all.
 * @example Usage
 * ```ts
 * import { corporaToUse } from "ser/notebook/session.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(await corporaToUse({ quick: true }), ["emodb"]);
 * ```
 */
export async function corporaToUse(options: { quick: boolean }): Promise<CorpusName[]> {
  return options.quick ? ["emodb"] : await bestCorpora();
}
