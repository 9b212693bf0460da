/** A worker process, seen from the sweep: started, listened to, and ended if it hangs. @module */
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

const WORKER = [Deno.execPath(), "run", "-A", "--no-check", "lib/sweep/worker.ts"];

/** A worker hangs when it is silent for so many of its usual epochs. */
const SILENT_EPOCHS = 10;
/** Seconds that a worker has to keep its state when it is asked to stop. */
const TIME_TO_STOP = 30;

/** Runs a worker to its end. */
export async function runWorker(job: Job, options: WorkerOptions): Promise<Outcome> {
  const { seconds, leastPatience = 300, signal } = options;
  if (signal.aborted) return { type: "stopped" };
  const child = start(options);
  options.onStart?.(child.pid);
  const input = child.stdin.getWriter();
  input.write(new TextEncoder().encode(`${JSON.stringify(job)}\n`)).catch(() => {});
  let patience = Math.max(leastPatience, SILENT_EPOCHS * seconds / job.experiment.epochs);
  let silence: number | undefined, last: Outcome | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = (): void => { // from now on, a silence that is too long ends it
    clearTimeout(timer);
    timer = setTimeout(() => {
      silence = patience;
      kill(child);
    }, 1000 * patience);
  };
  const stop = (): void => { // the end of its input tells it to stop
    input.close().catch(() => {});
    clearTimeout(timer);
    timer = setTimeout(() => kill(child), 1000 * TIME_TO_STOP);
  };
  const listen = async (): Promise<void> => {
    for await (const line of linesOf(child.stdout)) {
      const message = parseMessage(line);
      if (message === undefined) continue;
      if (message.type === "epoch") patience = Math.max(patience, SILENT_EPOCHS * message.seconds);
      if (message.type === "finished" || message.type === "failed") last = message;
      else options.onMessage(message);
      if (!signal.aborted) watch();
    }
  };
  watch();
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop(); // while it was started
  const [complaint, status] = await Promise.all([tailOf(child.stderr), child.status, listen()]);
  signal.removeEventListener("abort", stop);
  clearTimeout(timer);
  await input.close().catch(() => {});
  if (last) return last;
  if (signal.aborted) return { type: "stopped" };
  return { type: "died", reason: causeOfDeath(status, complaint, silence) };
}

const start = ({ command = WORKER, threads }: WorkerOptions): Deno.ChildProcess =>
  new Deno.Command(command[0], {
    args: command.slice(1),
    cwd: PROJECT_ROOT,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: {
      TF_CPP_MIN_LOG_LEVEL: "3",
      NO_COLOR: "1",
      TF_NUM_INTRAOP_THREADS: String(threads),
    },
  }).spawn();

/** Ends a process, if it has not ended already. */
export function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/** @param silence Seconds of the silence for which it was ended. */
function causeOfDeath(
  { code, signal }: Deno.CommandStatus,
  complaint: string,
  silence?: number,
): string {
  if (silence !== undefined) return `it said nothing for ${duration(silence)} and was ended`;
  if (signal === "SIGKILL") {
    return "it was killed (SIGKILL; the system does so when memory is short)";
  }
  if (signal) return `it was killed (${signal})`;
  return `it ended with status ${code}:${lastLines(complaint) || " without a word"}`;
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
