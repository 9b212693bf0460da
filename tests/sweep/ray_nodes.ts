/** Two Ray nodes on this machine, for tests in a network namespace that has nothing but loopback. */
import { join } from "@std/path";
import { runCommand } from "ser/setup/command.ts";

/** Where the head node is. */
export const ADDRESS = "127.0.0.1:6391";
/** Where clients are served. */
export const CLIENT_ADDRESS = "ray://127.0.0.1:10001";

/** Waits until so many nodes are alive. */
const WAIT = `
import sys, time, ray
ray.init(address=sys.argv[1], log_to_driver=False, logging_level="ERROR")
end, alive = time.monotonic() + 120, []
while len(alive) != int(sys.argv[2]):
    if time.monotonic() > end:
        sys.exit(f"there are {len(alive)}")
    time.sleep(0.2)
    alive = [node for node in ray.nodes() if node["Alive"]]
`;

/** Ray listens on every address: never start it where there is another than loopback. */
async function requireOnlyLoopback(): Promise<void> {
  const lines = (await Deno.readTextFile("/proc/net/dev")).trim().split("\n").slice(2);
  const names = lines.map((line) => line.split(":")[0].trim());
  if (names.join() === "lo") return;
  throw new Error(`Cannot start Ray: expected a network of lo alone, received ${names.join()}`);
}

/** Processes whose command line has a text; only this namespace's are seen. */
export function processesWith(text: string): number[] {
  const pids: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    try {
      if (Deno.readTextFileSync(`/proc/${name}/cmdline`).includes(text)) pids.push(Number(name));
    } catch { /* it has ended */ }
  }
  return pids;
}

/** The processes that a process has started. */
function childrenOf(parent: number): number[] {
  return processesWith("").filter((pid) => {
    try {
      return Deno.readTextFileSync(`/proc/${pid}/status`).includes(`\nPPid:\t${parent}\n`);
    } catch {
      return false; // it has ended
    }
  });
}

function killIfThere(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // it has ended already
  }
}

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean, seconds = 30): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Still not after ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The nodes `a`, the head, and `b`, with one CPU each. */
export class RayNodes {
  readonly #python: string;
  readonly #folder: string;

  /**
   * @param python A Python with Ray.
   * @param folder For what Ray writes; short, since sockets are in it.
   */
  constructor(python: string, folder: string) {
    this.#python = python;
    this.#folder = folder;
  }

  async start(node: "a" | "b", env: Record<string, string> = {}): Promise<void> {
    await requireOnlyLoopback();
    const role = node === "a"
      ? ["--head", "--port=6391", "--include-dashboard=false"]
      : [`--address=${ADDRESS}`];
    const folder = join(this.#folder, node);
    for (let triesLeft = 2;; triesLeft--) {
      const { code, stderr, stdout } = await this.#ray([
        ...["start", ...role, "--node-ip-address=127.0.0.1", "--num-cpus=1"],
        ...[`--temp-dir=${folder}`, "--object-store-memory=100000000"],
      ], env);
      if (code === 0) return;
      const slow = /timed out during startup/.test(stderr); // a busy machine needs more than Ray's 30 s
      if (!slow || triesLeft === 0) throw new Error(`Cannot start ${node}: ${stderr}${stdout}`);
      processesWith(folder).forEach(killIfThere);
    }
  }

  /** Waits until the cluster has taken note of so many nodes, and of the death of the others. */
  async ready(count: number): Promise<void> {
    const { code, stderr } = await runCommand([this.#python, "-c", WAIT, ADDRESS, String(count)]);
    if (code !== 0) throw new Error(`Cannot wait for ${count} nodes: ${stderr}`);
  }

  /** As if its machine lost its power. */
  kill(node: "a" | "b"): void {
    const folder = join(this.#folder, node);
    const raylets = processesWith("raylet/raylet").filter((pid) =>
      processesWith(folder).includes(pid)
    );
    if (raylets.length !== 1) throw new Error(`Expected one raylet of ${node}, got ${raylets}`);
    [raylets[0], ...childrenOf(raylets[0])].forEach(killIfThere);
  }

  async stop(): Promise<void> {
    await this.#ray(["stop", "--force"], {});
  }

  #ray(args: string[], env: Record<string, string>) {
    return runCommand([this.#python, "-m", "ray.scripts.scripts", ...args], {
      // a busy machine needs longer than 30 s to start the process that serves a client
      env: {
        RAY_USAGE_STATS_ENABLED: "0",
        RAY_CLIENT_SERVER_CHECK_CHANNEL_TIMEOUT_S: "300",
        ...env,
      },
    });
  }
}
