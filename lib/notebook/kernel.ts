/**
 * Keeps each output in its own cell and the kernel alive. Deno's kernel from 2.8.2 on may report a
 * cell as finished before its outputs are sent; JupyterLab then shows them under the next cell and
 * nbclient loses them. The kernel calls `broadcastResult` at the end of each cell that did not throw
 * and waits for it: here it also waits until the outputs are out.
 *
 * Importing this module installs all that (`lib/mod.ts` does so first); in a plain script it does
 * nothing. It touches an internal of Deno: where that is missing, outputs come as the kernel sends
 * them. @module
 */
import { isOurs } from "../support/error_text.ts";
import { endOfCell, surviveInterrupts } from "./interrupt.ts";
import { findJupyter, type Jupyter } from "./jupyter.ts";

/** What one cell sent, by its number in brackets. */
export interface SentOutputs {
  /** Execution count of the cell. */
  cell: number;
  /** Outputs of their own (`display_data`), figures and tables among them. */
  displays: number;
  /** Updates of outputs that were there, as of live lines. */
  updates: number;
  /** Calls of `console.log` and its like; front ends join their texts. */
  logs: number;
}

/** The kernel's internal functions that are used. */
export interface KernelInternals {
  broadcastResult(executionCount: number, result: unknown): Promise<void>;
  [INSTALLED]?: true;
}

const INSTALLED = Symbol.for("ser.kernel.installed");
const SENT_OUTPUTS = Symbol.for("ser.sentOutputs");
const PRINTING = ["log", "info", "debug", "warn", "error", "table", "dir", "trace"] as const;

const finished: SentOutputs[] = [];
let current = nothingSent();
let bytes = 0;

/**
 * What each finished cell sent, for checking that nothing is missing in an executed notebook. Code
 * without an import finds it as `globalThis[Symbol.for("ser.sentOutputs")]`.
 */
export function sentOutputs(): SentOutputs[] {
  return finished.map((cell) => ({ ...cell }));
}

/** What the hook works on; tests give their own. */
export interface HookParts {
  jupyter: Jupyter;
  internals: KernelInternals;
  // deno-lint-ignore no-explicit-any -- as the console declares its own parameters
  console: Record<typeof PRINTING[number], (...values: any[]) => void>;
  /** Waits for so many ms. */
  sleep: (milliseconds: number) => Promise<void>;
}

/** Installs the hook once; whether it was installed now. */
export function installHook({ jupyter, internals, console, sleep }: HookParts): boolean {
  if (internals[INSTALLED] || typeof internals.broadcastResult !== "function") return false;
  internals[INSTALLED] = true;
  for (const name of PRINTING) {
    const print = console[name];
    console[name] = (...values) => {
      current.logs++;
      print.apply(console, values);
    };
  }
  countDisplays(jupyter);
  const broadcastResult = internals.broadcastResult;
  internals.broadcastResult = async (executionCount, result) => {
    await broadcastResult.call(internals, executionCount, result);
    await sleep(waitFor(current, bytes));
    finished.push({ ...current, cell: executionCount });
    current = nothingSent();
    bytes = 0;
    endOfCell();
  };
  return true;
}

/** `display` sends by an inner function, not through `broadcast`: both are counted. */
function countDisplays(jupyter: Jupyter): void {
  const { display, broadcast } = jupyter;
  jupyter.display = (value, options) => {
    current[options?.update ? "updates" : "displays"]++;
    if (options?.raw) bytes += roughSize(value);
    return display.call(jupyter, value, options);
  };
  jupyter.broadcast = (type, content, extra) => {
    if (type === "display_data") current.displays++;
    else if (type === "stream") current.logs++;
    else current.updates++;
    return broadcast.call(jupyter, type, content, extra);
  };
}

/**
 * How long outputs take to leave, in ms: 30 and 3 for each message were enough in every run of
 * JupyterLab and nbclient, also beside four busy loops; large outputs get 1 ms per 20 kB more.
 */
function waitFor({ displays, updates, logs }: SentOutputs, size: number): number {
  return Math.min(3000, 30 + 3 * (displays + updates + logs) + size / 20_000);
}

/** Characters of a MIME bundle. */
function roughSize(bundle: unknown): number {
  try {
    return JSON.stringify(bundle)?.length ?? 0;
  } catch {
    return 0; // the kernel will say what is wrong with it
  }
}

function nothingSent(): SentOutputs {
  return { cell: 0, displays: 0, updates: 0, logs: 0 };
}

/**
 * An error as a notebook shows it: the project's own in one line, since its sentence says what to do;
 * others with the places that they came by.
 * @param error What was thrown.
 * @param places As V8 hands them to `Error.prepareStackTrace`.
 */
export function traceOf(error: Error, places: readonly unknown[]): string {
  const sentence = `${error.name}: ${error.message}`;
  return isOurs(error) ? sentence : [sentence, ...places].join("\n    at ");
}

function install(): void {
  const jupyter = findJupyter();
  if (!jupyter) return;
  surviveInterrupts();
  if (Deno.env.get("SER_DEBUG") !== "1") Object.assign(Error, { prepareStackTrace: traceOf });
  const deno = Deno as unknown as Record<PropertyKey, unknown>;
  const internal = deno[deno.internal as symbol] as { jupyter?: KernelInternals } | undefined;
  if (!internal?.jupyter) return;
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const installed = installHook({ jupyter, internals: internal.jupyter, console, sleep });
  if (installed) (globalThis as Record<PropertyKey, unknown>)[SENT_OUTPUTS] = sentOutputs;
}

install();
