/** The driver of a Ray cluster, `ray_driver.py`, as a process of this machine. @module */
import { fromFileUrl } from "@std/path";
import { lastLines } from "../setup/command.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { linesOf } from "../support/lines.ts";
import { ClusterError } from "./engine.ts";
import type { RayNeed, RayNode } from "./ray_cluster.ts";
import type { RayMessage, RayRequest, RayRunMessage } from "./ray_messages.ts";
import { refusedText } from "./ray_refusal.ts";
import { SILENT_EPOCHS, tailOf } from "./worker_process.ts";

/** Where the cluster is and what its nodes have. */
export interface RayOptions {
  /** Its address: `auto` (on this machine), `HOST:PORT` or `ray://HOST:PORT`. @default {"auto"} */
  address?: string;
  /** Accept a cluster that asks for no token: whoever reaches it runs code there. @default {false} */
  withoutToken?: boolean;
  /** What a run takes of its node. */
  need: RayNeed;
  /** The project's folder on every node. @default {Ray sends the project} */
  project?: string;
  /** The folder on every node that holds ravdess/ and savee/. @default {data/ of the project there} */
  data?: string;
}

/** What an engine needs of a driver. */
export interface RayConnection {
  /** The nodes, as far as known. */
  readonly nodes: readonly RayNode[];
  /** Asks for a try of a run. */
  send(request: RayRequest): void;
  /** What happens; ends when it is stopped. */
  messages(): AsyncIterable<RayRunMessage>;
  /** Ends it with all tries that are under way; they keep their state. */
  stop(): Promise<void>;
}

/** Seconds that the driver has to end: a little more than the runs have. */
const TIME_TO_STOP = 45;

/** Not needed to train: what is read, made or kept beside the code. */
const STAYS_HERE = ["/.[a-z]*", "/node_modules", "/notebooks", "/outputs", "/tests"];

/** The driver's program. */
const PROGRAM = fromFileUrl(new URL("ray_driver.py", import.meta.url));

/** What the driver is told at its start. */
export function driverOptions(options: RayOptions): Record<string, unknown> {
  const { address = "auto", withoutToken = false, need, project, data } = options;
  return {
    ...{ address, withoutToken, need, deno: Deno.version.deno, silentEpochs: SILENT_EPOCHS },
    ...{ project: project ?? null, send: project ? null : PROJECT_ROOT, leaveOut: STAYS_HERE },
    env: {
      TF_NUM_INTRAOP_THREADS: String(need.cpus),
      ...(need.gpus > 0 && need.gpus < 1 ? { TF_FORCE_GPU_ALLOW_GROWTH: "true" } : {}), // the card is shared
      ...(data ? { SER_DATA: data } : {}),
    },
  };
}

/** A process that is connected to a cluster. */
export class RayDriver implements RayConnection {
  nodes: readonly RayNode[] = [];
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncGenerator<string>;
  readonly #complaint: Promise<string>;
  readonly #onNodes: (nodes: readonly RayNode[]) => void;
  #stopping = false;

  private constructor(
    python: string,
    options: RayOptions,
    onNodes: (nodes: readonly RayNode[]) => void,
  ) {
    this.#onNodes = onNodes;
    this.#child = new Deno.Command(python, {
      args: [PROGRAM, JSON.stringify(driverOptions(options))],
      ...{ cwd: PROJECT_ROOT, stdin: "piped", stdout: "piped", stderr: "piped" },
      detached: true, // Ctrl-C is the sweep's, which then ends the input
      env: {
        RAY_ADDRESS: "", // would go before the address of the options
        PYTHONDONTWRITEBYTECODE: "1",
        RAY_AUTH_MODE: options.withoutToken ? Deno.env.get("RAY_AUTH_MODE") ?? "disabled" : "token",
        RAY_USAGE_STATS_ENABLED: "0",
        RAY_RUNTIME_ENV_IGNORE_GITIGNORE: "1", // data/ravdess goes along
      },
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#lines = linesOf(this.#child.stdout);
    this.#complaint = tailOf(this.#child.stderr);
  }

  /**
   * Connects to a cluster; none is ever started.
   * @param python A Python with Ray.
   * @param options Which cluster.
   * @param onNodes Told the nodes when that changes.
   * @param signal Gives up.
   * @throws {ClusterError} If it cannot be used.
   * @throws {DOMException} If the signal gave up.
   */
  static async connect(
    python: string,
    options: RayOptions,
    onNodes: (nodes: readonly RayNode[]) => void = () => {},
    signal?: AbortSignal,
  ): Promise<RayDriver> {
    signal?.throwIfAborted();
    const driver = new RayDriver(python, options, onNodes);
    const stop = () => driver.#kill();
    signal?.addEventListener("abort", stop);
    try {
      const message = await driver.#next();
      if (message?.type === "cluster") {
        driver.nodes = message.nodes;
        return driver;
      }
      const reason = message?.type === "refused"
        ? message.reason
        : `Ray ended:${lastLines(await driver.#complaint)}`;
      await driver.stop();
      signal?.throwIfAborted();
      throw new ClusterError(refusedText(options.address, reason));
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  send(request: RayRequest): void {
    const line = new TextEncoder().encode(`${JSON.stringify(request)}\n`);
    this.#input.write(line).catch(() => {}); // its end is seen at the other side
  }

  /** @throws {ClusterError} If the driver ends unasked. */
  async *messages(): AsyncGenerator<RayRunMessage> {
    try {
      for (let message = await this.#next(); message; message = await this.#next()) {
        if (message.type === "cluster") this.#onNodes(this.nodes = message.nodes);
        else if (message.type !== "refused") yield message;
      }
    } finally {
      this.#drain(); // or it could not end
    }
    if (this.#stopping) return;
    throw new ClusterError(
      `The connection to the Ray cluster is lost: the driver ended:${
        lastLines(await this.#complaint) || " without a word"
      }\nFinished results are kept; the next sweep goes on from there`,
    );
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#input.close().catch(() => {});
    const timer = setTimeout(() => this.#kill(), 1000 * TIME_TO_STOP);
    await this.#child.status;
    clearTimeout(timer);
  }

  async #next(): Promise<RayMessage | undefined> {
    const { value } = await this.#lines.next();
    try {
      return value === undefined ? undefined : JSON.parse(value);
    } catch {
      return undefined; // it died in the middle of it
    }
  }

  async #drain(): Promise<void> {
    while (!(await this.#lines.next()).done);
  }

  #kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended already
    }
  }
}
