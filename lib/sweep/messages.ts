/**
 * What a sweep and a worker process say to each other. The worker reads its job as one line of JSON and
 * stops when its standard input ends; it writes messages, a line of JSON each. @module
 */
import type { Experiment } from "../training/experiment.ts";
import type { ReferenceResult } from "./result.ts";

/** What a worker is to do. */
export interface Job {
  /** The run. */
  experiment: Experiment;
  /** The folder of all runs: its checkpoint is there. @default {outputs/mine/runs of the worker's project} */
  runs?: string;
  /** Least seconds between two checkpoints. */
  saveEvery: number;
}

/** What a worker says. Whatever it says, it lives. */
export type WorkerMessage =
  /** It prepares the data. */
  | { type: "loading" }
  /** So many epochs are done. */
  | { type: "epoch"; epoch: number; epochs: number; seconds: number; secondsLeft: number }
  /** Something that the reader should know. */
  | { type: "warning"; text: string }
  /** The last message: the result, and whether the stored run was there before. */
  | { type: "finished"; result: ReferenceResult; storedBefore: boolean }
  /** The last message: an error that would come again. */
  | { type: "failed"; reason: string; diskFull: boolean };

const MARK = "sweep ";

/** A message as a line. */
export const formatMessage = (message: WorkerMessage): string =>
  `${MARK}${JSON.stringify(message)}\n`;

/**
 * Reads a line of a worker's output.
 * @param line Without its end.
 * @returns Undefined if it is not a message: libraries print, too.
 * @example Usage
 * ```ts
 * import { formatMessage, parseMessage } from "ser/sweep/messages.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert/strict";
 * const line = formatMessage({ type: "loading" });
 * deepStrictEqual(parseMessage(line.trimEnd()), { type: "loading" });
 * strictEqual(parseMessage("a warning of some library"), undefined);
 * ```
 */
export function parseMessage(line: string): WorkerMessage | undefined {
  if (!line.startsWith(MARK)) return undefined;
  try {
    return JSON.parse(line.slice(MARK.length));
  } catch {
    return undefined; // the process died in the middle of it
  }
}
