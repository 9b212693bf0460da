/** The options of `deno task sweep --engine ray`. @module */
import { fromFileUrl, join } from "@std/path";
import { findCorpus } from "../corpora/find.ts";
import { shortPath } from "../corpora/problems.ts";
import type { CorpusName } from "../corpora/types.ts";
import type { LiveLine } from "../notebook/live.ts";
import { setUpPinned } from "../setup/pinned.ts";
import { PROJECT_ROOT, userCache } from "../support/files.ts";
import type { RayOptions } from "../sweep/ray/engine.ts";
import { MEMORY } from "../sweep/workers.ts";
import { COUNT, numberOption, oneOf, UsageError } from "./help.ts";

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

/** The options that only a cluster has, and those that only this machine has. */
const ONLY = {
  ray: RAY_HELP.map(([option]) => option.slice(2).split(" ")[0]),
  local: ["workers", "keep-weights"],
};

/** What the reader says of a cluster. */
export type RayWish = Omit<RayOptions, "python" | "estimate">;

/** Shares of a card, or whole cards. */
const CARDS = [
  "a share between 0 and 1 or a whole number",
  (n: number) => n >= 0 && (n <= 1 || Number.isSafeInteger(n)),
] as const;

/**
 * Reads the engine and its options.
 * @throws {UsageError} If one is not accepted, or is not of this engine.
 */
export function readRayWish(values: Readonly<Record<string, unknown>>): RayWish | undefined {
  const engine = oneOf("--engine", String(values.engine ?? "local"), ["local", "ray"]);
  const strange = ONLY[engine === "ray" ? "local" : "ray"].find((name) => values[name]);
  if (strange) throw new UsageError(`Expected no --${strange} with --engine ${engine}`);
  if (engine === "local") return undefined;
  return {
    address: readAddress(values.address as string | undefined),
    withoutToken: values["without-token"] === true,
    need: {
      cpus: numberOption(values, "cpus-per-run", COUNT) ?? 1,
      gpus: numberOption(values, "gpus-per-run", CARDS) ?? 0,
      memory: MEMORY,
    },
    project: readFolder(values, "node-project"),
    data: readFolder(values, "node-data"),
  };
}

/** Ray's own meaning of `auto`, but for what would start it. */
function readAddress(wanted = "auto"): string {
  const here = wanted === "auto" ? Deno.env.get("RAY_ADDRESS") : undefined;
  const address = here || wanted, name = here ? "RAY_ADDRESS" : "--address";
  if (/^auto$|^(ray:\/\/)?(\[[\da-f:.]+\]|[^\s:/[\]]+):\d{1,5}$/i.test(address)) return address;
  throw new UsageError(
    `Expected ${name} to be like ray://head:10001, head:6379 or auto, received "${address}"`,
  );
}

/** The nodes have other working folders than this machine. */
function readFolder(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const folder = values[name] as string | undefined;
  if (folder === undefined || folder.startsWith("/")) return folder;
  throw new UsageError(`Expected --${name} to be a full path like /data, received "${folder}"`);
}

/** Whether the corpora are on the nodes already. */
export const onNodes = ({ project, data }: RayWish): boolean =>
  project !== undefined || data !== undefined;

/**
 * Sees to it that the corpora get to the nodes.
 * @throws {UsageError} If one is here, but where Ray does not take it from.
 */
export async function checkSent(corpora: ReadonlySet<CorpusName>, wish: RayWish): Promise<void> {
  if (onNodes(wish)) return;
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

/**
 * The Python that `SER_RAY_PYTHON` names, else that of an environment with Ray, which is made on first use.
 */
export const setUpRay = (line: LiveLine): Promise<string> =>
  setUpPinned({
    variable: "SER_RAY_PYTHON",
    list: fromFileUrl(new URL("../sweep/ray/requirements.txt", import.meta.url)),
    cache: userCache("ray"),
    space: 1e9,
    download: "90 MB",
    what: "Ray",
    line,
  });
