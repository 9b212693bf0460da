import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { PROJECT_ROOT } from "ser/support/files.ts";
import type { SweepEvent } from "ser/sweep/engine.ts";
import { RayEngine, type RayOptions, refusedText } from "ser/sweep/ray/engine.ts";
import { resultOf } from "ser/sweep/result.ts";
import { codeVersion } from "ser/support/code_version.ts";
import { runName } from "ser/training/experiment.ts";
import { exampleResult, inFolder, small } from "./example.ts";

const grid = [0, 1].map((seed) => small(seed)), [a, b] = grid.map(runName);
const cluster = { type: "cluster", places: 2, text: "Ray cluster of 1 node" };
const failed = { type: "failed", reason: "the loss is NaN", diskFull: false };
const calm = new AbortController().signal;

/** A line of the shell that prints messages. */
const says = (...messages: object[]) =>
  messages.map((each) => `echo '${JSON.stringify(each)}'`).join("; ");

/** Runs a test with a shell script in place of Python and driver; `$1` is the driver, `$2` its options. */
const withScript = (
  script: string,
  test: (options: RayOptions, folder: string) => Promise<unknown>,
) =>
  inFolder(async (folder) => {
    const python = join(folder, "python"), need = { cpus: 2, gpus: 0, memory: 1e9 };
    await Deno.writeTextFile(python, `#!/bin/sh\ncd ${folder}\n${script}\n`, { mode: 0o755 });
    await test({ python, address: "10.0.0.1:6379", need, estimate: () => 600 }, folder);
  });

/** What an engine reports of a driver that says so once it has its jobs, and then waits to be ended. */
async function follow(...messages: object[]): Promise<SweepEvent[]> {
  const events: SweepEvent[] = [];
  const script = `${says(cluster)}; read jobs; echo "$jobs" > jobs; ${says(...messages)}; cat`;
  await withScript(script, async (options) => {
    const engine = await RayEngine.connect(options, calm);
    await engine.run(grid, { report: (event) => void events.push(event), signal: calm });
  });
  return events;
}

Deno.test("a driver is told the cluster, what to send, and the runs with their threads", () =>
  withScript(
    `echo "$2" > options; ${says(cluster)}; read jobs; echo "$jobs" > jobs; ` +
      says(...[a, b].map((run) => ({ run, ...failed }))),
    async (options, folder) => {
      const told = { ...options, need: { cpus: 2, gpus: 0.5, memory: 1e9 }, data: "/srv/corpora" };
      const engine = await RayEngine.connect({ ...told, saveEvery: 7 }, calm);
      deepStrictEqual([engine.workers, engine.description], [2, cluster.text]);
      await engine.run(grid, { report: () => {}, signal: calm });
      const read = (name: string) => JSON.parse(Deno.readTextFileSync(join(folder, name)));
      deepStrictEqual(read("options"), {
        ...{ address: "10.0.0.1:6379", withoutToken: false, need: told.need, project: null },
        ...{ send: PROJECT_ROOT, deno: Deno.version.deno },
        leaveOut: ["/.[a-z]*", "/node_modules", "/notebooks", "/outputs", "/tests"],
        env: { TF_FORCE_GPU_ALLOW_GROWTH: "true", SER_DATA: "/srv/corpora" },
      });
      const { training: code } = await codeVersion(), rest = { code, setUp: ["--gpu"] };
      deepStrictEqual(
        read("jobs"),
        grid.map((experiment, i) => ({
          ...{ run: [a, b][i], experiment, saveEvery: 7, seconds: 600, threads: 2, ...rest },
        })),
      );
    },
  ));

Deno.test("what a run says comes home once, with the ends of its earlier tries", async () => {
  const result = resultOf(await exampleResult(grid[0]));
  const epoch = { type: "epoch", epoch: 2, epochs: 3, seconds: 1, secondsLeft: 1 };
  const events = await follow(
    { run: a, type: "started" },
    { run: a, ...epoch },
    { run: a, type: "died", reason: "on 10.0.0.1, it was killed" },
    { run: a, type: "started" },
    { run: b, ...failed },
    { run: a, type: "started" }, // its node has died without a word
    { run: a, type: "finished", result, temporary: true },
    { run: a, type: "finished", result, temporary: true },
  );
  const told = events.map((event) =>
    event.type === "failed" ? `${event.reason}, again: ${event.again}` : event.type
  );
  deepStrictEqual(told, [
    ...["started", "epoch", "on 10.0.0.1, it was killed, again: true", "started"],
    "the loss is NaN, again: false",
    ...["its node, or Ray's process there, has died, again: true", "started", "finished"],
  ]);
  const last = events.at(-1)!;
  deepStrictEqual(last.type === "finished" && last.result, result);
});

Deno.test("a full disk on a node stops the sweep", async () => {
  await rejects(follow({ run: a, ...failed, reason: "No space left", diskFull: true }), {
    ...{ name: "DiskFullError", message: "on a node: No space left" },
  });
});

Deno.test("a stop ends the driver", () =>
  withScript(`${says(cluster)}; read jobs; cat; echo ended > end`, async (options, folder) => {
    const controller = new AbortController(), { signal } = controller;
    const engine = await RayEngine.connect(options, signal);
    const running = engine.run(grid, { report: () => {}, signal });
    controller.abort();
    await running;
    strictEqual(await Deno.readTextFile(join(folder, "end")), "ended\n");
  }));

Deno.test("a driver that ends unasked is a lost connection", () =>
  withScript(`${says(cluster)}; echo "GCS is gone" >&2; exit 1`, async (options) => {
    const engine = await RayEngine.connect(options, calm);
    await rejects(engine.run(grid, { report: () => {}, signal: calm }), {
      name: "ClusterError",
      message: /^The connection to the Ray cluster is lost: .* ended:\n {4}GCS is gone\nFinished /,
    });
  }));

Deno.test("a cluster that cannot be used is named with the reason", async () => {
  await withScript(
    says({ type: "refused", reason: "ConnectionError: no route" }),
    (options) =>
      rejects(RayEngine.connect(options, calm), {
        name: "ClusterError",
        message:
          /^Cannot use the Ray cluster 10\.0\.0\.1:6379: ConnectionError: no route\nA node has /,
      }),
  );
  await withScript(
    "echo 'No module named ray' >&2; exit 1",
    (options) =>
      rejects(RayEngine.connect(options, calm), {
        message: /^Cannot use the Ray cluster .*: Ray ended:\n {4}No module named ray\n/,
      }),
  );
});

Deno.test("a connection that is being made can be given up", () =>
  withScript("exec sleep 60", async (options) => {
    const controller = new AbortController(), start = performance.now();
    setTimeout(() => controller.abort(), 100);
    await rejects(RayEngine.connect(options, controller.signal), { name: "AbortError" });
    ok(performance.now() - start < 20_000);
  }));

Deno.test("refusedText() tells what to do, and leaves out where in Ray it happened", () => {
  const hints: [reason: string, hint: RegExp][] = [
    ["the cluster asks for no token: whoever", /\n.*--without-token/],
    ["ConnectionError: Could not find any running Ray instance.", /\nThe sweep starts none/],
    ["RuntimeError: Version mismatch: The cluster was", /\nSet SER_RAY_PYTHON to/],
    ["ValueError: Package size 600 MiB exceeds the maximum size", /\n.*--node-data/],
  ];
  for (const [reason, hint] of hints) match(refusedText("auto", reason), hint);
  const reason = "ConnectionAbortedError: Initialization failure from server:\n" +
    'Traceback (most recent call last):\n  File "proxier.py", line 772, in Datapath\n    raise E(\n' +
    "RuntimeError: Starting Ray client server failed. See the log.\n";
  match(
    refusedText("ray://head:10001", reason),
    /^Cannot use the Ray cluster ray:\/\/head:10001: ConnectionAbortedError: Initialization failure from server: RuntimeError: Starting Ray client server failed\. See the log\.\n?\nThe head node /,
  );
});
