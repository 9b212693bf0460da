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
}

/** Least ms between two drawings: in a notebook and terminal, and in a log. */
const REDRAW_EVERY = 250, LOG_EVERY = 5000;

/**
 * A line of text with a bar. Updates that come too fast are dropped; the last state given to
 * `close` stays.
 * @example Usage
 * ```ts
 * import { LiveLine } from "ser/notebook/live.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const written: string[] = [];
 * const line = new LiveLine({ write: (text) => written.push(text), terminal: false });
 * line.update("1 of 3 files", 1 / 3);
 * line.update("2 of 3 files", 2 / 3); // at once after the first: dropped
 * await line.close("3 files");
 * deepStrictEqual(written, ["1 of 3 files\n", "3 files\n"]);
 * ```
 */
export class LiveLine {
  readonly #jupyter: Jupyter | undefined;
  readonly #write: (text: string) => void;
  readonly #terminal: boolean;
  readonly #now: () => number;
  readonly #id = `live-${crypto.randomUUID()}`;
  #sending: Promise<void> = Promise.resolve();
  #waiting = 0;
  #drawnAt = -Infinity;
  #latest: { text: string; share: number } | undefined;
  #drawn: string | undefined;
  #closed = false;

  constructor(options: LiveOptions = {}) {
    this.#jupyter = options.write ? options.jupyter : options.jupyter ?? findJupyter();
    this.#write = options.write ??
      ((text) => Deno.stderr.writeSync(new TextEncoder().encode(text)));
    this.#terminal = options.terminal ?? Deno.stderr.isTerminal();
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * Draws a new state, unless the last was drawn just now.
   * @param text The line.
   * @param share How much is done, in [0, 1].
   */
  update(text: string, share: number): void {
    if (this.#closed) return;
    this.#latest = { text, share };
    const every = this.#jupyter || this.#terminal ? REDRAW_EVERY : LOG_EVERY;
    if (this.#waiting || this.#now() - this.#drawnAt < every) return;
    this.#draw(text, share);
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
      const isLogged = !this.#jupyter && !this.#terminal && last === this.#drawn;
      if (last !== undefined && !isLogged) this.#draw(last, share ?? 1);
      if (!this.#jupyter && this.#terminal && this.#drawn !== undefined) this.#write("\n");
    }
    await this.#sending;
  }

  #draw(text: string, share: number): void {
    this.#drawnAt = this.#now();
    if (this.#jupyter) this.#send(this.#jupyter, text, share);
    else this.#write(this.#terminal ? `\r\x1b[K${text}` : `${text}\n`);
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

/** A bar drawn by the page's own element, so that it fits light and dark themes. */
function lineHtml(text: string, share: number): string {
  const value = Math.max(0, Math.min(1, share)).toFixed(3);
  return `<div style="font-variant-numeric:tabular-nums"><progress value="${value}" max="1" ` +
    `style="width:10em;vertical-align:middle"></progress> ${escapeHtml(text)}</div>`;
}

/**
 * A `Progress` callback that draws on a live line, "what: done of total".
 * @param line The line; its owner closes it.
 */
export function progressOn(line: LiveLine): Progress {
  return (done, total, what) =>
    line.update(`${what}: ${done} of ${total}`, total ? done / total : 1);
}
