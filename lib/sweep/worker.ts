/**
 * A worker process of a sweep: `deno run -A lib/sweep/worker.ts`. It does one run. When its standard
 * input ends, or at Ctrl-C, it keeps the state of the training and ends: so no worker outlives its
 * sweep. @module
 */
import { join } from "@std/path";
import { loadDataset } from "../corpora/dataset.ts";
import { isDiskFull } from "../support/disk.ts";
import { errorText } from "../support/error_text.ts";
import { codeVersion, madeBy } from "../support/code_version.ts";
import { runName } from "../training/experiment.ts";
import { type EpochReport, TrainingInterrupted } from "../training/fit.ts";
import { trainOrLoad } from "../training/runs.ts";
import { readRun, type RunResult, RUNS_FOLDER, writeRunFile } from "../training/stored_run.ts";
import { type Job, readJob, say, STOPPED, type WorkerMessage } from "./messages.ts";
import { resultOf } from "./result.ts";

/** Least ms between two reports of epochs. */
const REPORT_EVERY = 500;
/** Tries, a second apart, while another process trains the same run: that of a sweep that was killed ends soon. */
const TRIES_WHILE_BUSY = 60;

const stopping = new AbortController();
/** Whether a training is under way, whose state is worth keeping. */
let training = false;

/** Stops between two batches; at once where there is nothing to keep. */
function stop(): void {
  if (!training) Deno.exit(STOPPED);
  stopping.abort(new DOMException("The sweep stops", "AbortError"));
}

const send = (message: WorkerMessage): void => say(message, stop);

/** Does the run. */
async function work(
  { experiment, runs = RUNS_FOLDER, saveEvery, keep }: Job,
): Promise<WorkerMessage> {
  send({ type: "loading" });
  const dataset = await loadDataset(experiment.corpus, {
    padding: experiment.padding,
    progress: atMostEvery(REPORT_EVERY, () => send({ type: "loading" })),
    warn,
  });
  const folder = join(runs, runName(experiment)), stored = await storedRun(folder);
  const current = madeBy(stored?.code, await codeVersion());
  training = true;
  const { run, model } = await whenFree(() =>
    trainOrLoad(experiment, dataset, {
      folder: runs,
      retrain: stored !== undefined && !current, // made by other code: not this version's result
      signal: stopping.signal,
      temporary: !keep && (stored?.temporary ?? stored === undefined),
      saveEvery,
      onEpoch: atMostEvery(REPORT_EVERY, ({ epoch, epochs, seconds, secondsLeft }: EpochReport) => {
        send({ type: "epoch", epoch, epochs, seconds, secondsLeft });
      }),
      warn,
    })
  );
  training = false;
  model.dispose();
  if (keep && run.temporary) await writeRunFile(folder, { ...run, temporary: undefined });
  return { type: "finished", result: resultOf(run), temporary: run.temporary === true };
}

const warn = (text: string): void => send({ type: "warning", text });

/** A whole stored run; what is damaged is dealt with by `trainOrLoad`. */
const storedRun = (folder: string): Promise<RunResult | undefined> =>
  readRun(folder).catch((error) => {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  });

/** Waits a while for another process that trains the same run. */
async function whenFree<T>(action: () => Promise<T>): Promise<T> {
  for (let tries = 1;; tries++) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Deno.errors.Busy) || tries === TRIES_WHILE_BUSY) throw error;
      send({ type: "loading" });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      stopping.signal.throwIfAborted();
    }
  }
}

/** The same function, but calls that come too soon after the last are dropped. */
function atMostEvery<T extends unknown[]>(ms: number, action: (...args: T) => void) {
  let last = -Infinity;
  return (...args: T): void => {
    if (performance.now() - last < ms) return;
    last = performance.now();
    action(...args);
  };
}

if (import.meta.main) {
  try {
    send(await work(await readJob(stop)));
  } catch (error) {
    const stopped = error instanceof TrainingInterrupted || stopping.signal.aborted;
    if (stopped) Deno.exit(STOPPED);
    // it would come again
    send({ type: "failed", reason: errorText(error, "train"), diskFull: isDiskFull(error) });
  }
  Deno.exit(0); // whatever is still running is of no use any more
}
