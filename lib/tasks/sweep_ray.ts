/** The options and the start of `deno task sweep --engine ray`. @module */
import { join } from "@std/path";
import { findCorpus } from "../corpora/find.ts";
import { shortPath } from "../corpora/problems.ts";
import type { CorpusName } from "../corpora/types.ts";
import type { LiveLine } from "../notebook/live.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { callRay, parseRayAddress } from "../sweep/ray_address.ts";
import { clusterInWords, placesOn } from "../sweep/ray_cluster.ts";
import { RayDriver, type RayOptions } from "../sweep/ray_driver.ts";
import { RayEngine } from "../sweep/ray_engine.ts";
import { setUpRay } from "../sweep/ray_python.ts";
import { MEMORY } from "../sweep/workers.ts";
import type { Experiment } from "../training/experiment.ts";
import { UsageError } from "./help.ts";

/** The lines of the help. */
export const RAY_HELP: readonly (readonly [option: string, meaning: string])[] = [
  [
    "--address ADDRESS",
    "ray: ray://HOST:10001 from anywhere, HOST:6379 on a node; default one on this machine",
  ],
  ["--cpus-per-run N", "ray: CPUs and threads of a run; default 1"],
  ["--gpus-per-run X", "ray: GPUs of a run, or a part of one like 0.25; default 0"],
  ["--node-project FOLDER", "ray: the project on every node; default sent there by Ray"],
  [
    "--node-data FOLDER",
    "ray: the folder with ravdess/ and savee/ on every node; default data/ of the project",
  ],
  ["--without-token", "ray: accept a cluster where anyone who reaches it can run code"],
];

/** The options that only a cluster has. */
export const RAY_TYPES = {
  address: { type: "string" },
  "cpus-per-run": { type: "string" },
  "gpus-per-run": { type: "string" },
  "node-project": { type: "string" },
  "node-data": { type: "string" },
  "without-token": { type: "boolean" },
} as const;

/** Those that only this machine has. */
const ONLY_LOCAL = ["workers", "keep-weights"];

/**
 * Reads the engine and its options.
 * @param values By name.
 * @returns Undefined if the runs are to be processes of this machine.
 * @throws {UsageError} If one is not accepted, or is not of this engine.
 */
export function readRayWish(values: Readonly<Record<string, unknown>>): RayOptions | undefined {
  const { engine = "local" } = values as Record<string, string | undefined>;
  if (engine !== "local" && engine !== "ray") {
    throw new UsageError(`Expected --engine local or ray, received "${engine}"`);
  }
  const strange = (engine === "ray" ? ONLY_LOCAL : Object.keys(RAY_TYPES)).find((name) =>
    values[name] !== undefined
  );
  if (strange) throw new UsageError(`Expected no --${strange} with --engine ${engine}`);
  if (engine === "local") return undefined;
  return {
    address: readAddress(values),
    withoutToken: values["without-token"] === true,
    need: {
      cpus: readNeed(values, "cpus-per-run", "1", (n) => Number.isInteger(n) && n >= 1),
      gpus: readNeed(values, "gpus-per-run", "0", (n) => n >= 0 && (n <= 1 || Number.isInteger(n))),
      memory: MEMORY,
    },
    project: readFolder(values, "node-project"),
    data: readFolder(values, "node-data"),
  };
}

/** Ray's own meaning of `auto`, but for what would start it. */
function readAddress({ address }: Readonly<Record<string, unknown>>): string {
  const here = Deno.env.get("RAY_ADDRESS") || "auto";
  const wanted = address === undefined || address === "auto" ? here : address as string;
  if (wanted === "auto" || parseRayAddress(wanted)) return wanted;
  const name = wanted === address ? "--address" : "RAY_ADDRESS";
  throw new UsageError(
    `Expected ${name} to be like ray://head:10001, head:6379 or auto, received "${wanted}"`,
  );
}

function readNeed(
  values: Readonly<Record<string, unknown>>,
  name: string,
  usual: string,
  accepts: (n: number) => boolean,
): number {
  const text = (values[name] ?? usual) as string, n = Number(text);
  if (text.trim() !== "" && n <= 1e4 && accepts(n)) return n;
  const what = name.startsWith("cpus")
    ? "a whole number >= 1"
    : "a share between 0 and 1 or a whole number";
  throw new UsageError(`Expected --${name} to be ${what}, received "${text}"`);
}

/** The nodes have other working folders than this machine. */
function readFolder(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const folder = values[name] as string | undefined;
  if (folder === undefined || folder.startsWith("/")) return folder;
  throw new UsageError(`Expected --${name} to be a full path like /data, received "${folder}"`);
}

/** Whether the corpora are on the nodes already. */
export const onNodes = ({ project, data }: RayOptions): boolean =>
  project !== undefined || data !== undefined;

/**
 * Sees to it that the corpora get to the nodes.
 * @param corpora Those of the grid.
 * @param options Where the nodes have what.
 * @throws {UsageError} If one is here, but where Ray does not take it from.
 */
export async function checkSent(
  corpora: ReadonlySet<CorpusName>,
  options: RayOptions,
): Promise<void> {
  if (onNodes(options)) return;
  for (const name of corpora) {
    const folder = await findCorpus(name);
    if (folder === undefined || folder === join(PROJECT_ROOT, "data", name)) continue;
    throw new UsageError(
      `Expected ${name} in data/, from where Ray sends it, received "${
        shortPath(folder)
      }"; or name the folder that holds it on the nodes with --node-data`,
    );
  }
}

/** Who follows. */
interface Following {
  /** Seconds that an experiment usually takes. */
  estimate: (experiment: Experiment) => number;
  /** Shows progress. */
  line: LiveLine;
  /** Gives up. */
  signal: AbortSignal;
}

/**
 * Connects to a cluster.
 * @param options Which, and what a run takes there.
 * @param following Who follows.
 * @throws {ClusterError} If the cluster cannot be used.
 * @throws {SetupError} If there is no Python with Ray and none can be made.
 * @throws {DOMException} If the signal gave up.
 */
export async function connectRay(
  options: RayOptions,
  { estimate, line, signal }: Following,
): Promise<RayEngine> {
  const { address = "auto", need } = options;
  line.update("Connecting to the Ray cluster");
  await callRay(address, signal);
  const python = await setUpRay(line);
  let places = Infinity;
  const driver = await RayDriver.connect(python, options, (nodes) => {
    const now = placesOn(nodes, need);
    if (now !== places) line.end(clusterInWords(nodes, need)); // nodes came or went
    places = now;
  }, signal);
  places = placesOn(driver.nodes, need);
  return new RayEngine(driver, { need, estimate });
}
