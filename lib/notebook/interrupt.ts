/**
 * The stop button. Jupyter stops a cell by SIGINT, of which Deno's kernel dies unless somebody
 * listens; here somebody does, and passes the wish on to whoever asked for a signal. @module
 */
import { findJupyter } from "./jupyter.ts";

let controller: AbortController | undefined;
/** Whether the signal was given out in the cell that runs, and so is what the reader wants to stop. */
let inThisCell = false;
let listening = false;

const RUNS_ON =
  "Interrupted, but nothing here can stop between two steps: this cell runs on. Restart the kernel to end it.";

/**
 * A signal that the next interrupt aborts: the stop button in a notebook, Ctrl-C in a terminal. After
 * an interrupt the next call gives a fresh signal. A plain script that calls this no longer dies of
 * the first Ctrl-C, only of the second.
 * @returns The signal to pass to a long computation, for example a training.
 * @example Usage
 * ```ts
 * import { interruptSignal } from "ser/notebook/interrupt.ts";
 * import { strictEqual } from "node:assert/strict";
 * const signal = interruptSignal();
 * strictEqual(signal.aborted, false);
 * strictEqual(interruptSignal(), signal); // the same until it is used up
 * ```
 */
export function interruptSignal(): AbortSignal {
  listen();
  inThisCell = true;
  controller ??= new AbortController();
  return controller.signal;
}

/** Lets a notebook's kernel survive the stop button; nothing in a plain script. */
export function surviveInterrupts(): void {
  if (findJupyter()) listen();
}

/** A cell is done, or what it asked the signal for: the next interrupt is meant for something else. */
export function endOfCell(): void {
  inThisCell = false;
}

/** Hands an interrupt to the signal given out, if there is one; a cell that cannot stop says so. */
export function interrupt(): void {
  const used = controller;
  controller = undefined;
  if (!findJupyter()) unlisten(); // a script dies of the second
  else if (!inThisCell) console.log(RUNS_ON);
  endOfCell();
  used?.abort(new DOMException("Interrupted by the reader", "AbortError"));
}

function listen(): void {
  if (listening) return;
  Deno.addSignalListener("SIGINT", interrupt);
  listening = true;
}

function unlisten(): void {
  if (!listening) return;
  Deno.removeSignalListener("SIGINT", interrupt);
  listening = false;
}
