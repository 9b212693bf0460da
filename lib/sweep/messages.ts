/**
 * What a sweep and a process that does a run say to each other. The process reads its job as one line of
 * JSON and stops when its standard input ends; it writes messages, a line of JSON each. @module
 */
import { linesOf } from "../support/lines.ts";
import type { Experiment } from "../training/experiment.ts";
import type { ReferenceResult } from "./result.ts";

/** What is to be done. */
export interface Job {
  /** The run. */
  experiment: Experiment;
  /** The folder of all runs: its checkpoint is there. @default {that of the process's project} */
  runs?: string;
  /** Least seconds between two checkpoints. @default {as in a training} */
  saveEvery?: number;
  /** Whether the stored run is to stay when its result is known. @default {false} */
  keep?: boolean;
}

/** What a worker says. Whatever it says, it lives. */
export type WorkerMessage =
  /** It prepares the data. */
  | { type: "loading" }
  /** So many epochs are done. */
  | { type: "epoch"; epoch: number; epochs: number; seconds: number; secondsLeft: number }
  /** Something that the reader should know. */
  | { type: "warning"; text: string }
  /** The last message: the result, and whether the stored run is for that alone. */
  | { type: "finished"; result: ReferenceResult; temporary: boolean }
  /** The last message: an error that would come again. */
  | { type: "failed"; reason: string; diskFull: boolean };

/** What a node says besides: it begins, or its worker has died and the same run may well succeed. */
export type NodeMessage = WorkerMessage | { type: "started" } | { type: "died"; reason: string };

/** Exit status of a process that was stopped. */
export const STOPPED = 130;

const MARK = "sweep ";

/** A message as a line. */
export const formatMessage = (message: NodeMessage): string =>
  `${MARK}${JSON.stringify(message)}\n`;

/** Reads a line of a worker's output; undefined if it is no message: libraries print, too. */
export function parseMessage(line: string): WorkerMessage | undefined {
  if (!line.startsWith(MARK)) return undefined;
  try {
    return JSON.parse(line.slice(MARK.length));
  } catch {
    return undefined; // the process died in the middle of it
  }
}

/** Writes a message of this process, all of it before anything else happens; stops if nobody listens. */
export function say(message: NodeMessage, stop: () => void): void {
  try {
    let bytes = new TextEncoder().encode(formatMessage(message));
    while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
  } catch {
    stop();
  }
}

/** Reads the job of this process; stops when the input ends, now or later, and at Ctrl-C. */
export async function readJob<J extends Job>(stop: () => void): Promise<J> {
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  const lines = linesOf(Deno.stdin.readable);
  const { value } = await lines.next();
  if (value === undefined) Deno.exit(STOPPED);
  lines.next().then(stop, stop);
  return JSON.parse(value);
}
