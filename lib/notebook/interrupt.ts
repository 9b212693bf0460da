/**
 * The stop button. Jupyter stops a cell by SIGINT, of which Deno's kernel dies unless somebody
 * listens; here somebody does, and passes the wish on to whoever asked for a signal. @module
 */
import { findJupyter } from "./jupyter.ts";

let controller: AbortController | undefined;
let listening = false;

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
  controller ??= new AbortController();
  return controller.signal;
}

/** Lets a notebook's kernel survive the stop button; nothing in a plain script. */
export function surviveInterrupts(): void {
  if (findJupyter()) listen();
}

/** Hands an interrupt to the signal given out, if there is one. */
export function interrupt(): void {
  const used = controller;
  controller = undefined;
  if (!findJupyter()) unlisten(); // a script dies of the second
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
