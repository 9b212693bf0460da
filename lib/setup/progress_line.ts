/** One line on the terminal that tells how far a long step is. @module */

/** Where the line goes and how often; the defaults are right outside tests. */
export interface ProgressLineOptions {
  /** Whether the line can be redrawn. @default {Deno.stdout.isTerminal()} */
  terminal?: boolean;
  /** Writes text. @default {to standard output} */
  write?: (text: string) => void;
  /** Where a line cannot be redrawn: milliseconds between two lines. @default {10000} */
  interval?: number;
}

/** A line that redraws on a terminal; in a log it comes once in a while instead. */
export class ProgressLine {
  readonly #terminal: boolean;
  readonly #write: (text: string) => void;
  readonly #interval: number;
  #last = performance.now();
  #drawn = false;

  /** @param options Where the line goes. */
  constructor(options: ProgressLineOptions = {}) {
    this.#terminal = options.terminal ?? Deno.stdout.isTerminal();
    this.#write = options.write ?? ((text) => {
      Deno.stdout.writeSync(new TextEncoder().encode(text));
    });
    this.#interval = options.interval ?? 10_000;
  }

  /** Shows where the step is; replaces what was shown before. */
  update(text: string): void {
    if (this.#terminal) {
      this.#write(`\r\x1b[K${text.slice(0, this.#columns() - 1)}`);
      this.#drawn = true;
    } else if (performance.now() - this.#last >= this.#interval) {
      this.#last = performance.now();
      this.#write(`${text}\n`);
    }
  }

  /** Ends the line: with a text that stays, or with nothing left. */
  end(text?: string): void {
    if (this.#drawn) this.#write("\r\x1b[K");
    this.#drawn = false;
    this.#last = performance.now();
    if (text !== undefined) this.#write(`${text}\n`);
  }

  #columns(): number {
    try {
      return Deno.consoleSize().columns;
    } catch {
      return 80;
    }
  }
}
