import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { DiskFullError, type SweepEvent } from "ser/sweep/engine.ts";
import type { RayConnection } from "ser/sweep/ray_driver.ts";
import { RayEngine } from "ser/sweep/ray_engine.ts";
import type { RayOutcome, RayRequest, RayRunMessage } from "ser/sweep/ray_messages.ts";
import { resultOf } from "ser/sweep/result.ts";
import { type Experiment, runName } from "ser/training/experiment.ts";
import { exampleResult, small } from "./example.ts";

const grid = [0, 1, 2].map((seed) => small(seed));
const died: RayOutcome = { type: "died", reason: "NodeDiedError" };

/** What a cluster says to each request. */
type Answer = (request: RayRequest) => RayRunMessage[] | Promise<RayRunMessage[]>;

/** A cluster of one node that answers as told, in the order of the requests. */
class FakeCluster implements RayConnection {
  readonly nodes = [{ name: "10.0.0.1", cpus: 2, gpus: 0, memory: 8e9 }];
  readonly requests: RayRequest[] = [];
  stops = 0;
  #wake = () => {};

  constructor(readonly answer: Answer) {}

  send(request: RayRequest): void {
    this.requests.push(request);
    this.#wake();
  }

  async *messages(): AsyncGenerator<RayRunMessage> {
    for (let i = 0; this.stops === 0; i++) {
      while (i >= this.requests.length && this.stops === 0) {
        await new Promise<void>((resolve) => this.#wake = resolve);
      }
      if (i < this.requests.length) yield* await this.answer(this.requests[i]);
    }
  }

  stop(): Promise<void> {
    this.stops++;
    this.#wake();
    return Promise.resolve();
  }
}

const ended = ({ run, attempt }: RayRequest, outcome: RayOutcome): RayRunMessage => ({
  ...{ run, attempt, type: "ended", outcome },
});
const started = ({ run, attempt }: RayRequest): RayRunMessage => ({
  ...{ run, attempt, type: "started", node: "10.0.0.1" },
});
const finished = async ({ job }: RayRequest): Promise<RayOutcome> => ({
  type: "finished",
  result: resultOf(await exampleResult(job.experiment)),
  storedBefore: false,
});

/** Follows an engine on a cluster that answers so. */
async function follow(answer: Answer, options: {
  experiments?: Experiment[];
  signal?: AbortSignal;
  onEvent?: (event: SweepEvent) => void;
} = {}) {
  const { experiments = grid, signal = new AbortController().signal, onEvent } = options;
  const cluster = new FakeCluster(answer), events: SweepEvent[] = [];
  const engine = new RayEngine(cluster, {
    ...{ need: { cpus: 1, gpus: 0, memory: 1e9 }, estimate: () => 600 },
  });
  const report = (event: SweepEvent) => {
    events.push(event);
    onEvent?.(event);
  };
  await engine.run(experiments, { report, signal });
  ok(cluster.stops > 0, "the driver is ended");
  return { events, cluster, engine };
}

Deno.test("all runs are asked for at once, and their results come home", async () => {
  const { events, cluster, engine } = await follow(async (request) => [
    started(request),
    {
      ...{ run: request.run, attempt: 0, type: "said" },
      message: { type: "epoch", epoch: 2, epochs: 3, seconds: 1, secondsLeft: 1 },
    },
    { run: request.run, attempt: 0, type: "said", message: { type: "loading" } },
    ended(request, await finished(request)),
  ]);
  deepStrictEqual(cluster.requests.map(({ run }) => run), grid.map(runName));
  const types = "started epoch finished";
  strictEqual(events.map(({ type }) => type).join(" "), [types, types, types].join(" "));
  const results = events.flatMap((event) => event.type === "finished" ? [event.result] : []);
  deepStrictEqual(results[1], resultOf(await exampleResult(grid[1])));
  strictEqual(engine.workers, 2);
  match(engine.description, /^Ray cluster of 1 node, 2 CPUs: 2 runs at once/);
});

Deno.test("a request has the job, with checkpoints in the node's own project, and the patience", async () => {
  const { cluster } = await follow(async (request) => [ended(request, await finished(request))], {
    experiments: [grid[0]],
  });
  deepStrictEqual(cluster.requests[0], {
    ...{ run: runName(grid[0]), attempt: 0, job: { experiment: grid[0], saveEvery: 20 } },
    patience: 2000, // ten of three epochs in 600 s
  });
});

Deno.test("a run whose node dies is tried again, and the late word of the dead try is not heard", async () => {
  const first = runName(grid[0]);
  let lost: RayRequest | undefined;
  const { events, cluster } = await follow(async (request) => {
    if (request.run !== first) return [ended(request, await finished(request))];
    if (request.attempt === 0) {
      lost = request;
      return [started(request), ended(request, died)];
    }
    const result = await finished(request);
    return [ended(lost!, result), ended(request, result), ended(request, result)];
  });
  const ofFirst = events.filter(({ run }) => run === first);
  strictEqual(ofFirst.map(({ type }) => type).join(" "), "started failed finished");
  const failed = ofFirst[1];
  ok(failed.type === "failed");
  deepStrictEqual([failed.again, failed.reason], [true, "NodeDiedError"]);
  deepStrictEqual(cluster.requests.at(-1)!.attempt, 1);
  strictEqual(events.filter(({ type }) => type === "finished").length, 3);
});

Deno.test("a run that dies four times is given up, and the others go on", async () => {
  const first = runName(grid[0]);
  const { events } = await follow(async (request) => [
    ended(request, request.run === first ? died : await finished(request)),
  ]);
  const failures = events.filter((event) => event.type === "failed");
  deepStrictEqual(failures.map(({ again }) => again), [true, true, true, false]);
  strictEqual(events.filter(({ type }) => type === "finished").length, 2);
});

Deno.test("a run that tells an error is not tried again", async () => {
  const failed: RayOutcome = { type: "failed", reason: "the loss is NaN", diskFull: false };
  const { events, cluster } = await follow((request) => [ended(request, failed)]);
  deepStrictEqual(events.map((event) => event.type === "failed" && event.again), [
    ...[false, false, false],
  ]);
  strictEqual(cluster.requests.length, 3);
});

Deno.test("a result of other code is refused", async () => {
  const { events } = await follow(async (request) => {
    const outcome = await finished(request);
    if (outcome.type === "finished") outcome.result.code = { training: "0123456789abcdef" };
    return [ended(request, outcome)];
  }, { experiments: [grid[0]] });
  const [event] = events;
  ok(event.type === "failed" && !event.again);
  match(
    event.reason,
    /^expected a result of this version of the training code \([0-9a-f]{12}\), received one of 0123456789ab: bring /,
  );
});

Deno.test("a full disk on a node stops the sweep", async () => {
  const full: RayOutcome = { type: "failed", reason: "No space left", diskFull: true };
  await rejects(follow((request) => [ended(request, full)]), (error: Error) => {
    ok(error instanceof DiskFullError);
    strictEqual(error.message, "on a node: No space left");
    return true;
  });
});

Deno.test("a stop ends the driver, and nothing is tried again after it", async () => {
  const controller = new AbortController();
  const { events, cluster } = await follow((request) => [started(request), ended(request, died)], {
    signal: controller.signal,
    onEvent: () => controller.abort(),
  });
  strictEqual(events.map(({ type }) => type).join(" "), "started");
  strictEqual(cluster.requests.length, 3);
});

Deno.test("each run under way has a place of its own, from 0", async () => {
  const { events } = await follow((request) => {
    const { run } = request;
    if (run === runName(grid[0])) return [started(request)];
    if (run === runName(grid[1])) {
      return [started(request), ended(request, { type: "failed", reason: "", diskFull: false })];
    }
    return [
      started(request),
      ...grid.filter((_, i) => i !== 1).map((each) =>
        ended({ ...request, run: runName(each) }, { type: "failed", reason: "", diskFull: false })
      ),
    ];
  });
  const places = events.flatMap(({ type, worker }) => type === "started" ? [worker] : []);
  deepStrictEqual(places, [0, 1, 1]);
});
