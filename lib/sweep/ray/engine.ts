/** The runs of a sweep as tasks of a Ray cluster; `driver.py` is what knows Ray. @module */
import { fromFileUrl } from "@std/path";
import { lastLines } from "../../setup/command.ts";
import { PROJECT_ROOT } from "../../support/files.ts";
import { linesOf } from "../../support/lines.ts";
import { codeVersion } from "../../support/code_version.ts";
import { type Experiment, runName } from "../../training/experiment.ts";
import { ClusterError, DiskFullError, type Engine, type EngineOptions } from "../engine.ts";
import type { NodeMessage } from "../messages.ts";
import { kill, tailOf } from "../worker_process.ts";
import type { NodeJob } from "./node.ts";

/** Which cluster, what its nodes have, and who follows. */
export interface RayOptions extends Pick<NodeJob, "saveEvery"> {
  /** A Python with Ray. */
  python: string;
  /** The cluster's address: `auto` (on this machine), `HOST:PORT` or `ray://HOST:PORT`. */
  address: string;
  /** Accept a cluster that asks for no token: whoever reaches it runs code there. @default {false} */
  withoutToken?: boolean;
  /** What a run takes of its node; memory in bytes. It computes with as many threads as CPUs. */
  need: { cpus: number; gpus: number; memory: number };
  /** The project's folder on every node. @default {Ray sends the project} */
  project?: string;
  /** The folder on every node that holds ravdess/ and savee/. @default {data/ of the project there} */
  data?: string;
  /** Seconds that an experiment usually takes. */
  estimate: (experiment: Experiment) => number;
  /** Told when nodes come or go. */
  onCluster?: (text: string) => void;
}

/** What the driver says. */
type Message =
  | { type: "cluster"; places: number; text: string }
  | { type: "refused"; reason: string }
  | RunMessage;
type RunMessage = Exclude<NodeMessage, { type: "loading" }> & { run: string };

/** Milliseconds that the driver has to end. */
const TIME_TO_STOP = 45_000;

/** Not needed to train: what is read, made or kept beside the code. */
const STAYS_HERE = ["/.[a-z]*", "/node_modules", "/notebooks", "/outputs", "/tests"];

/**
 * Tasks of a Ray cluster. Ray does a run again whose node or process dies, up to three times, from its
 * checkpoint if that is there; one that tells an error is not done again.
 */
export class RayEngine implements Engine {
  workers = 1;
  description = "";
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncGenerator<string>;
  readonly #complaint: Promise<string>;

  private constructor(readonly options: RayOptions) {
    const { python, address, withoutToken = false, need, project = null, data } = options;
    const told = {
      ...{ address, withoutToken, need, project, send: project ? null : PROJECT_ROOT },
      ...{ leaveOut: STAYS_HERE, deno: Deno.version.deno },
      env: {
        ...(need.gpus > 0 && need.gpus < 1 ? { TF_FORCE_GPU_ALLOW_GROWTH: "true" } : {}), // the card is shared
        ...(data ? { SER_DATA: data } : {}),
      },
    };
    this.#child = new Deno.Command(python, {
      args: [fromFileUrl(new URL("driver.py", import.meta.url)), JSON.stringify(told)],
      ...{ cwd: PROJECT_ROOT, stdin: "piped", stdout: "piped", stderr: "piped" },
      detached: true, // Ctrl-C is the sweep's, which then ends the input
      env: {
        RAY_ADDRESS: "", // would go before the address of the options
        PYTHONDONTWRITEBYTECODE: "1",
        RAY_AUTH_MODE: withoutToken ? Deno.env.get("RAY_AUTH_MODE") ?? "disabled" : "token",
        RAY_USAGE_STATS_ENABLED: "0",
        RAY_RUNTIME_ENV_IGNORE_GITIGNORE: "1", // data/ravdess goes along
      },
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#lines = linesOf(this.#child.stdout);
    this.#complaint = tailOf(this.#child.stderr);
  }

  /**
   * Connects to a cluster; none is ever started. `run`, called once, or `end` ends the connection.
   * @param options Which cluster.
   * @param signal Gives up.
   * @throws {ClusterError} If it cannot be used.
   * @throws {DOMException} If the signal gave up.
   */
  static async connect(options: RayOptions, signal: AbortSignal): Promise<RayEngine> {
    signal.throwIfAborted();
    const engine = new RayEngine(options), giveUp = () => kill(engine.#child);
    signal.addEventListener("abort", giveUp);
    const message = await engine.#next();
    signal.removeEventListener("abort", giveUp);
    if (message?.type === "cluster") {
      engine.workers = Math.max(1, message.places);
      engine.description = message.text;
      return engine;
    }
    await engine.end();
    signal.throwIfAborted();
    const reason = message?.type === "refused"
      ? message.reason
      : `Ray ended:${lastLines(await engine.#complaint)}`;
    throw new ClusterError(refusedText(options.address, reason));
  }

  /** @throws {ClusterError} If the cluster is lost. */
  async run(experiments: readonly Experiment[], options: EngineOptions): Promise<void> {
    const { signal } = options, end = () => void this.end();
    const open = new Map(experiments.map((each) => [runName(each), follow(each, options)]));
    signal.addEventListener("abort", end);
    try {
      await this.#send(experiments);
      while (open.size > 0 && !signal.aborted) {
        const message = await this.#next();
        if (message === undefined || message.type === "refused") break;
        if (message.type === "cluster") this.options.onCluster?.(message.text);
        else if (await open.get(message.run)?.(message)) open.delete(message.run);
      }
    } finally {
      signal.removeEventListener("abort", end);
      await this.end();
    }
    if (open.size === 0 || signal.aborted) return;
    const complaint = lastLines(await this.#complaint) || " without a word";
    throw new ClusterError(
      `The connection to the Ray cluster is lost: the driver ended:${complaint}\nFinished results are kept; the next sweep goes on from there`,
    );
  }

  /** Ends the connection and all that is under way, which keeps its state. */
  async end(): Promise<void> {
    this.#input.close().catch(() => {});
    const timer = setTimeout(() => kill(this.#child), TIME_TO_STOP);
    while (await this.#next()); // or it could not end
    await this.#child.status;
    clearTimeout(timer);
  }

  async #send(experiments: readonly Experiment[]): Promise<void> {
    const { need, project, estimate, saveEvery } = this.options;
    const { training: code } = await codeVersion();
    const setUp = project ? undefined : need.gpus > 0 ? ["--gpu"] : [];
    const jobs = experiments.map((experiment): NodeJob => {
      const run = runName(experiment), seconds = estimate(experiment);
      return { run, experiment, saveEvery, seconds, threads: need.cpus, code, setUp };
    });
    await this.#input.write(new TextEncoder().encode(`${JSON.stringify(jobs)}\n`)).catch(() => {});
  }

  async #next(): Promise<Message | undefined> {
    const { value } = await this.#lines.next();
    try {
      return value === undefined ? undefined : JSON.parse(value);
    } catch {
      return undefined; // it died in the middle of it
    }
  }
}

/** Passes on what is said of a run, which Ray may begin several times; gives true if that was the last. */
function follow(experiment: Experiment, { report }: EngineOptions) {
  let ended: string | undefined; // why the last try has, if another begins
  return async (message: RunMessage): Promise<boolean> => {
    const { run, type } = message;
    if (type === "died") {
      ended = message.reason;
    } else if (type === "started") {
      if (ended) await report({ run, type: "failed", reason: ended, again: true });
      ended = "its node, or Ray's process there, has died";
      await report({ run, type, experiment });
    } else if (type === "failed") {
      if (message.diskFull) throw new DiskFullError(`on a node: ${message.reason}`);
      await report({ run, type, reason: message.reason, again: false });
    } else await report(message);
    return type === "finished" || type === "failed";
  };
}

/** What to do about it, by what Ray or the driver says. */
const HINTS: readonly (readonly [reason: RegExp, hint: string])[] = [
  [/token/i, "The token is in ~/.ray/auth_token or RAY_AUTH_TOKEN; --without-token does without"],
  [/any running ray/i, "The sweep starts none; start one, or give --address"],
  [/client server failed/i, "The head node may be busy; try again"],
  [/version/i, "Set SER_RAY_PYTHON to a Python with the cluster's versions of Python and Ray"],
  [/package size|maximum size/i, "Put the corpora on the nodes and name their folder: --node-data"],
  [
    /./,
    "A node has port 6379, ray:// 10001, from outside through a tunnel; your token may not be the cluster's",
  ],
];

/** Why a cluster cannot be used, and what to do. */
export function refusedText(address: string, reason: string): string {
  const where = address === "auto" ? "a Ray cluster on this machine" : `the Ray cluster ${address}`;
  const said = reason.split("\n\n")[0].replace(/\nTraceback.*(?:\n {2}.*)*\n/, " ").slice(0, 600);
  const [, hint] = HINTS.find(([pattern]) => pattern.test(said))!;
  return `Cannot use ${where}: ${said}\n${hint} (README, section "On a Ray cluster")`;
}
