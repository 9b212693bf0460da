/** One line that redraws while something runs: in a notebook, in a terminal, in a log. @module */
import type { Progress } from "../support/progress.ts";
import { findJupyter, type Jupyter } from "./jupyter.ts";
import { escapeHtml } from "./output.ts";

/** Where the line goes; the defaults find out. */
export interface LiveOptions {
  /** The kernel; without one the line goes to standard error. */
  jupyter?: Jupyter;
  /** Writes to the terminal or log. @default {to standard error} */
  write?: (text: string) => void;
  /** Whether that is a terminal, where a line can be rewritten. */
  terminal?: boolean;
  /** Clock in ms. */
  now?: () => number;
  /** Least ms between two drawings of one step. @default {250; in a log 5000} */
  interval?: number;
}

/**
 * The line that tells how far a long step is: in a notebook with a bar. Updates that come too fast are
 * dropped; a text given to `end` or the last state at `close` stays. A step that is done within one
 * interval leaves nothing in a log.
 * @example Usage
 * ```ts
 * import { LiveLine } from "ser/notebook/live.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const written: string[] = [];
 * const line = new LiveLine({ write: (text) => written.push(text), terminal: true });
 * line.update("1 of 3 files", 1 / 3);
 * line.update("2 of 3 files", 2 / 3); // at once after the first: dropped
 * await line.close("3 files");
 * deepStrictEqual(written, ["\r\x1b[K1 of 3 files", "\r\x1b[K3 files", "\n"]);
 * ```
 */
export class LiveLine {
  readonly #jupyter: Jupyter | undefined;
  readonly #write: (text: string) => void;
  readonly #terminal: boolean;
  readonly #now: () => number;
  readonly #interval: number;
  readonly #id = `live-${crypto.randomUUID()}`;
  #sending: Promise<void> = Promise.resolve();
  #waiting = 0;
  #drawnAt: number;
  #latest: { text: string; share: number } | undefined;
  #drawn: string | undefined;
  #closed = false;

  constructor(options: LiveOptions = {}) {
    this.#jupyter = options.write ? options.jupyter : options.jupyter ?? findJupyter();
    this.#write = options.write ?? writeToStandardError;
    this.#terminal = options.terminal ?? Deno.stderr.isTerminal();
    this.#now = options.now ?? (() => performance.now());
    this.#interval = options.interval ?? (this.#isLog ? 5000 : 250);
    this.#drawnAt = this.#isLog ? this.#now() : -Infinity;
  }

  /** Where nothing that is written can be replaced. */
  get #isLog(): boolean {
    return !this.#jupyter && !this.#terminal;
  }

  /**
   * Draws a new state, unless one of the same step was drawn just now: the same words, other numbers.
   * @param text The line.
   * @param share How much is done, in [0, 1].
   */
  update(text: string, share = 0): void {
    if (this.#closed) return;
    this.#latest = { text, share };
    if (this.#waiting) return;
    const same = this.#isLog || wordsOf(text) === wordsOf(this.#drawn ?? "");
    if (same && this.#now() - this.#drawnAt < this.#interval) return;
    this.#draw(text, share);
  }

  /**
   * Ends a step: leaves a text of its own, or nothing of a line that could be redrawn. The next update
   * begins anew.
   */
  end(text?: string): void {
    if (this.#terminal && this.#drawn !== undefined) this.#write("\r\x1b[K");
    this.#drawn = this.#latest = undefined;
    this.#drawnAt = this.#isLog ? this.#now() : -Infinity;
    if (text !== undefined) this.#write(`${text}\n`);
  }

  /**
   * Draws the last state, which stays.
   * @param text The line to stay. @default {that of the last update}
   * @returns When everything is sent.
   */
  async close(text?: string): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      const share = text === undefined ? this.#latest?.share : 1;
      const last = text ?? this.#latest?.text;
      const isLogged = this.#isLog && last === this.#drawn;
      if (last !== undefined && !isLogged) this.#draw(last, share ?? 1);
      if (!this.#jupyter && this.#terminal && this.#drawn !== undefined) this.#write("\n");
    }
    await this.#sending;
  }

  #draw(text: string, share: number): void {
    this.#drawnAt = this.#now();
    if (this.#jupyter) this.#send(this.#jupyter, text, share);
    else if (this.#terminal) this.#write(`\r\x1b[K${this.#closed ? text : oneRow(text)}`);
    else this.#write(`${text}\n`);
    this.#drawn = text;
  }

  /** Sends one after the other; a failure shows at `close`. */
  #send(jupyter: Jupyter, text: string, share: number): void {
    const bundle = { "text/html": lineHtml(text, share), "text/plain": text };
    const options = { raw: true, display_id: this.#id, update: this.#drawn !== undefined };
    this.#waiting++;
    const sent = this.#sending.then(() => jupyter.display(bundle, options));
    this.#sending = sent.finally(() => this.#waiting--);
    this.#sending.catch(() => {}); // seen by whoever awaits close()
  }
}

/** What tells one step from another. */
const wordsOf = (text: string): string => text.replaceAll(/[\d.]+/g, "");

/** Standard output carries results alone. */
function writeToStandardError(text: string): void {
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(text));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error; // nobody looks
  }
}

/** As much as fits: a longer line could not be redrawn. */
function oneRow(text: string): string {
  try {
    return text.slice(0, Deno.consoleSize().columns - 1);
  } catch {
    return text; // no terminal has a size
  }
}

/** A bar drawn by the page's own element, so that it fits light and dark themes. */
function lineHtml(text: string, share: number): string {
  const value = Math.max(0, Math.min(1, share)).toFixed(3);
  return `<div style="font-variant-numeric:tabular-nums"><progress value="${value}" max="1" ` +
    `style="width:10em;vertical-align:middle"></progress> ${escapeHtml(text)}</div>`;
}

/** A `Progress` callback that draws "what: done of total" on a live line, which its owner closes. */
export function progressOn(line: LiveLine): Progress {
  return (done, total, what) =>
    line.update(`${what}: ${done} of ${total}`, total ? done / total : 1);
}
