/**
 * One try of a run on a node of a cluster: `deno run -A lib/sweep/ray/node.ts`. It reads its job as a worker
 * does, has a worker do it, and says what happens as that does; its last message is the outcome. @module
 */
import { join } from "@std/path";
import { lastLines, runCommand } from "../../setup/command.ts";
import { exists, PROJECT_ROOT } from "../../support/files.ts";
import { withLock } from "../../support/lock.ts";
import { codeVersion } from "../../support/code_version.ts";
import { RUNS_FOLDER } from "../../training/stored_run.ts";
import { removeRun, removeRunDebris } from "../debris.ts";
import { type Job, readJob, say, STOPPED } from "../messages.ts";
import { type Outcome, runWorker, type WorkerOptions } from "../worker_process.ts";

/** What a node is to do. */
export interface NodeJob extends Job, Pick<WorkerOptions, "threads" | "seconds"> {
  /** Name of the run. */
  run: string;
  /** Hash of the sweep's training code: a result of other code is none. */
  code?: string;
  /** How to set up the project first, where Ray has sent it. */
  setUp?: readonly string[];
}

const stopping = new AbortController();
const stop = (): void => stopping.abort();

async function doRun(job: NodeJob): Promise<Outcome> {
  const { training: there } = await codeVersion(),
    { run, runs = RUNS_FOLDER, code, setUp, threads, seconds } = job;
  if (there !== code) {
    const reason = `expected this version of the training code (${
      code?.slice(0, 12)
    }) on the nodes, received ${there?.slice(0, 12)}: bring the project there up to date`;
    return { type: "failed", reason, diskFull: false };
  }
  if (setUp) await setUpOnce(setUp);
  await removeRunDebris(runs, new Set());
  say({ type: "started" }, stop);
  const outcome = await runWorker(job, {
    ...{ threads, seconds, signal: stopping.signal },
    onMessage: (message) => message.type !== "loading" && say(message, stop),
  });
  if (outcome.type === "finished" && outcome.temporary) await removeRun(join(runs, run));
  return outcome;
}

/** What the tasks do on a reader's machine; once for each copy of the project, by one run at a time. */
const setUpOnce = (options: readonly string[]): Promise<void> =>
  withLock(join(PROJECT_ROOT, ".ready.lock"), async () => {
    const ready = join(PROJECT_ROOT, ".ready");
    if (await exists(ready)) return;
    const command = [Deno.execPath(), "run", "-A", "lib/tasks/mod.ts", "setup", ...options];
    const { code, stderr } = await runCommand(command, { cwd: PROJECT_ROOT });
    const text = `the set-up failed:${lastLines(stderr)}\nGoing on with a slower back end`;
    if (code !== 0) say({ type: "warning", text }, stop);
    await Deno.writeTextFile(ready, "");
  });

if (import.meta.main) {
  const outcome = await doRun(await readJob<NodeJob>(stop));
  if (outcome.type === "stopped") Deno.exit(STOPPED);
  say(outcome, stop);
  Deno.exit(0);
}
