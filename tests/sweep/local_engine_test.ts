import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import type { SweepEvent } from "ser/sweep/engine.ts";
import { LocalEngine } from "ser/sweep/local_engine.ts";
import { formatMessage, type WorkerMessage } from "ser/sweep/messages.ts";
import { resultOf } from "ser/sweep/result.ts";
import { runName } from "ser/training/experiment.ts";
import { exampleResult, inFolder, small } from "./example.ts";

const grid = [0, 1, 2].map((seed) => small(seed));

/** What a shell says as a worker that has read its job. */
const says = (message: WorkerMessage) => `printf '%s' '${formatMessage(message)}'`;

/** Follows an engine whose workers are shell scripts. */
async function follow(script: string, options: {
  experiments?: typeof grid;
  leastPatience?: number;
  signal?: AbortSignal;
  runs?: string;
  onEvent?: (event: SweepEvent) => void | Promise<void>;
}): Promise<SweepEvent[]> {
  const { experiments = [grid[0]], leastPatience, onEvent, runs } = options;
  const engine = new LocalEngine({
    ...{ plan: { workers: 2, threads: 1 }, estimate: () => 0.01, leastPatience, runs },
    command: ["sh", "-c", `read job; ${script}`],
  });
  const events: SweepEvent[] = [];
  const report = async (event: SweepEvent) => {
    events.push(event);
    await onEvent?.(event);
  };
  const { signal = new AbortController().signal } = options;
  await engine.run(experiments, { report, signal });
  return events;
}

const typesOf = (events: SweepEvent[]) => events.map(({ type }) => type).join(" ");

Deno.test("a worker that tells an error is not tried again, and the grid goes on", async () => {
  const failed: WorkerMessage = { type: "failed", reason: "the loss is NaN", diskFull: false };
  const events = await follow(says(failed), { experiments: grid });
  const failures = events.filter((event) => event.type === "failed");
  deepStrictEqual(failures.map(({ run }) => run).sort(), grid.map(runName).sort());
  for (const { reason, again } of failures) {
    deepStrictEqual([reason, again], ["the loss is NaN", false]);
  }
});

Deno.test("a worker that dies is tried again three times, then reported", async () => {
  const events = await follow("echo about to die >&2; kill -9 $$", {});
  strictEqual(typesOf(events), "started failed started failed started failed started failed");
  const failures = events.filter((event) => event.type === "failed");
  deepStrictEqual(failures.map(({ again }) => again), [true, true, true, false]);
  match(failures[3].reason, /it was killed \(SIGKILL; /);
});

Deno.test("a worker that ends without a word is reported with its last lines", async () => {
  const events = await follow("echo no such library >&2; exit 3", {});
  const last = events.at(-1)!;
  ok(last.type === "failed");
  match(last.reason, /^it ended with status 3:\n {4}no such library$/);
});

Deno.test("a worker that hangs is ended and tried again", async () => {
  const events = await follow("exec sleep 60", { leastPatience: 0.15 });
  strictEqual(events.filter(({ type }) => type === "started").length, 4);
  const last = events.at(-1)!;
  ok(last.type === "failed");
  match(last.reason, /^it said nothing for 0 s and was ended$/);
});

Deno.test("a worker that says something in time is left alone", async () => {
  const alive = says({ type: "loading" });
  const script = `for i in 1 2 3 4; do sleep 0.2; ${alive}; done; ` +
    says({ type: "failed", reason: "done", diskFull: false });
  strictEqual(typesOf(await follow(script, { leastPatience: 0.5 })), "started failed");
});

Deno.test("a full disk stops all workers", async () => {
  const full = says({
    type: "failed",
    reason: "No space left on device (os error 28)",
    diskFull: true,
  });
  // the first one fails; the other waits for the end of its input, as real ones do in the background
  const script = `case "$job" in *'"seed":0'*) ${full};; *) cat;; esac`;
  await rejects(follow(script, { experiments: grid }), {
    name: "DiskFullError",
    message: /No space/,
  });
});

Deno.test("a stop closes the workers' input, and no run is begun after it", async () => {
  const controller = new AbortController();
  const events = await follow("cat", {
    experiments: grid,
    signal: controller.signal,
    onEvent: ({ run }) => {
      if (run === runName(grid[1])) controller.abort();
    },
  });
  strictEqual(typesOf(events), "started started");
});

Deno.test("what is kept of a run goes when its result is stored, if it is for that alone", () =>
  inFolder(async (runs) => {
    for (const temporary of [true, false]) {
      const folder = join(runs, runName(grid[0]));
      await Deno.mkdir(folder, { recursive: true });
      const result = resultOf(await exampleResult(grid[0]));
      let thereMeanwhile = false;
      const events = await follow(says({ type: "finished", result, temporary }), {
        runs,
        onEvent: async ({ type }) => {
          if (type !== "finished") return;
          await new Promise((resolve) => setTimeout(resolve, 50));
          thereMeanwhile = (await Deno.stat(folder)).isDirectory;
        },
      });
      strictEqual(typesOf(events), "started finished");
      deepStrictEqual((events[1] as { result: unknown }).result, result);
      strictEqual(thereMeanwhile, true);
      strictEqual([...Deno.readDirSync(runs)].length, temporary ? 0 : 1);
    }
  }));
