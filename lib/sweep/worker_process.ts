/** A worker process, seen from the sweep: started, listened to, and ended if it hangs. @module */
import { join } from "@std/path";
import { lastLines } from "../setup/command.ts";
import { duration } from "../support/duration.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { linesOf } from "../support/lines.ts";
import { type Job, parseMessage, type WorkerMessage } from "./messages.ts";

/** How a worker ended. */
export type Outcome =
  /** With its last message. */
  | Extract<WorkerMessage, { type: "finished" | "failed" }>
  /** Without one: it was killed, it crashed, or it hung; the same run may well succeed. */
  | { type: "died"; reason: string }
  /** Because it was asked to. */
  | { type: "stopped" };

/** How to run a worker. */
export interface WorkerOptions {
  /** Threads that it computes with. */
  threads: number;
  /** Seconds that its run usually takes; with `leastPatience` they decide when it hangs. */
  seconds: number;
  /** Least seconds of silence after which it hangs. @default {300} */
  leastPatience?: number;
  /** The program, for tests. @default {worker.ts in this Deno} */
  command?: readonly string[];
  /** Told its number when it is started. */
  onStart?: (pid: number) => void;
  /** Told what it says on the way. */
  onMessage: (message: WorkerMessage) => void;
  /** Asks it to stop. */
  signal: AbortSignal;
}

const WORKER = [
  Deno.execPath(),
  "run",
  "-A",
  "--no-check",
  join(PROJECT_ROOT, "lib/sweep/worker.ts"),
];

/** A worker hangs when it is silent for so many of its usual epochs. */
const SILENT_EPOCHS = 10;
/** Seconds that a worker has to keep its state when it is asked to stop. */
const TIME_TO_STOP = 30;

/** Runs a worker to its end. */
export async function runWorker(job: Job, options: WorkerOptions): Promise<Outcome> {
  if (options.signal.aborted) return { type: "stopped" };
  const worker = new WorkerProcess(job, options);
  return await worker.outcome();
}

/** One worker. */
class WorkerProcess {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #options: WorkerOptions;
  /** Seconds of silence after which it hangs. */
  #patience: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Seconds of the silence that was too long. */
  #silence: number | undefined;
  #last: Outcome | undefined;

  constructor(job: Job, options: WorkerOptions) {
    const { command = WORKER, threads, seconds, leastPatience = 300 } = options;
    this.#options = options;
    this.#patience = Math.max(leastPatience, SILENT_EPOCHS * seconds / job.experiment.epochs);
    const [program, ...args] = command;
    this.#child = new Deno.Command(program, {
      ...{ args, cwd: PROJECT_ROOT, stdin: "piped", stdout: "piped", stderr: "piped" },
      env: {
        ...{ TF_CPP_MIN_LOG_LEVEL: "3", NO_COLOR: "1" },
        TF_NUM_INTRAOP_THREADS: String(threads),
      },
    }).spawn();
    options.onStart?.(this.#child.pid);
    this.#input = this.#child.stdin.getWriter();
    this.#input.write(new TextEncoder().encode(`${JSON.stringify(job)}\n`)).catch(() => {});
  }

  async outcome(): Promise<Outcome> {
    const stop = () => this.#stop();
    this.#watch();
    this.#options.signal.addEventListener("abort", stop);
    if (this.#options.signal.aborted) stop(); // while it was started
    const [complaint, status] = await Promise.all([
      tailOf(this.#child.stderr),
      this.#child.status,
      this.#listen(),
    ]);
    this.#options.signal.removeEventListener("abort", stop);
    clearTimeout(this.#timer);
    await this.#input.close().catch(() => {});
    if (this.#last) return this.#last;
    if (this.#options.signal.aborted) return { type: "stopped" };
    return { type: "died", reason: this.#causeOfDeath(status, complaint) };
  }

  async #listen(): Promise<void> {
    for await (const line of linesOf(this.#child.stdout)) {
      const message = parseMessage(line);
      if (message === undefined) continue;
      if (message.type === "epoch") {
        this.#patience = Math.max(this.#patience, SILENT_EPOCHS * message.seconds);
      }
      if (message.type === "finished" || message.type === "failed") this.#last = message;
      else this.#options.onMessage(message);
      if (!this.#options.signal.aborted) this.#watch();
    }
  }

  /** From now on, a silence that is too long ends it. */
  #watch(): void {
    clearTimeout(this.#timer);
    const seconds = this.#patience;
    this.#timer = setTimeout(() => {
      this.#silence = seconds;
      this.#kill();
    }, 1000 * seconds);
  }

  /** The end of its input tells it to stop. */
  #stop(): void {
    this.#input.close().catch(() => {});
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#kill(), 1000 * TIME_TO_STOP);
  }

  #kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended already
    }
  }

  #causeOfDeath({ code, signal }: Deno.CommandStatus, complaint: string): string {
    if (this.#silence !== undefined) {
      return `it said nothing for ${duration(this.#silence)} and was ended`;
    }
    if (signal === "SIGKILL") {
      return "it was killed (SIGKILL; the system does so when memory is short)";
    }
    if (signal) return `it was killed (${signal})`;
    return `it ended with status ${code}:${lastLines(complaint) || " without a word"}`;
  }
}

/** The last lines of a stream. */
export async function tailOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const last: string[] = [];
  for await (const line of linesOf(stream)) {
    last.push(line);
    if (last.length > 20) last.shift();
  }
  return last.join("\n");
}
