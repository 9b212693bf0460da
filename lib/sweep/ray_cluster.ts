/** What the nodes of a Ray cluster can do for a sweep. @module */
import { formatBytes } from "../support/disk.ts";

/** A node. */
export interface RayNode {
  /** Its address. */
  name: string;
  /** CPUs that Ray counts there. */
  cpus: number;
  /** GPUs that Ray counts there. */
  gpus: number;
  /** Memory that Ray gives to tasks, in bytes. */
  memory: number;
}

/** What a run takes of its node. Ray only counts: it confines nobody. */
export interface RayNeed {
  /** CPUs; a run computes with so many threads. */
  cpus: number;
  /** GPUs, or a part of one. */
  gpus: number;
  /** Memory in bytes. */
  memory: number;
}

const PARTS = ["cpus", "gpus", "memory"] as const;

/**
 * How many runs a cluster can host at once.
 * @param nodes Its nodes.
 * @param need What a run takes.
 * @example Usage
 * ```ts
 * import { placesOn } from "ser/sweep/ray_cluster.ts";
 * import { strictEqual } from "node:assert/strict";
 * const small = { name: "10.0.0.1", cpus: 2, gpus: 0, memory: 4e9 };
 * const large = { name: "10.0.0.2", cpus: 16, gpus: 1, memory: 8e9 };
 * strictEqual(placesOn([small, large], { cpus: 1, gpus: 0, memory: 1e9 }), 2 + 8);
 * strictEqual(placesOn([small, large], { cpus: 1, gpus: 0.25, memory: 1e9 }), 4);
 * ```
 */
export function placesOn(nodes: readonly RayNode[], need: RayNeed): number {
  const counts = nodes.map((node) =>
    Math.min(
      ...PARTS.filter((part) => need[part] > 0).map((part) => placesFor(node[part], need[part])),
    )
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Shares of a GPU are of one card: 0.4 fits twice on each. */
const placesFor = (there: number, need: number): number =>
  need < 1 ? Math.floor(there) * Math.floor(1 / need + 1e-9) : Math.floor(there / need);

/**
 * A cluster in words.
 * @param nodes Its nodes.
 * @param need What a run takes.
 */
export function clusterInWords(nodes: readonly RayNode[], need: RayNeed): string {
  const total = (part: "cpus" | "gpus") => nodes.reduce((sum, node) => sum + node[part], 0);
  const has = [count(nodes.length, "node"), count(total("cpus"), "CPU")];
  if (total("gpus") > 0) has.push(count(total("gpus"), "GPU"));
  const text = `Ray cluster of ${has.join(", ")}`;
  const places = placesOn(nodes, need);
  return places > 0
    ? `${text}: ${count(places, "run")} at once with ${needInWords(need)} each`
    : `${text}\n${cannotHost(nodes, need)}`;
}

/** Why a run waits without end. */
function cannotHost(nodes: readonly RayNode[], need: RayNeed): string {
  const largest = nodes.map((node) => needInWords(node)).join("; ") || "none";
  return `Warning: no node can host a run, which needs ${
    needInWords(need)
  }; there are ${largest}. ` +
    "The runs wait for a node that can; Ctrl-C ends that";
}

/** "2 CPUs, 0.25 GPU and 850 MB". */
function needInWords({ cpus, gpus, memory }: RayNeed): string {
  const parts = [count(cpus, "CPU"), ...(gpus > 0 ? [count(gpus, "GPU")] : [])];
  return `${parts.join(", ")} and ${formatBytes(memory)}`;
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 || n % 1 ? "" : "s"}`;
