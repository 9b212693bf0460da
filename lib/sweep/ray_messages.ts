/**
 * What a sweep and the driver of its Ray cluster say to each other, lines of JSON: requests to
 * `ray_driver.py`, messages from it. @module
 */
import type { Job, WorkerMessage } from "./messages.ts";
import type { RayNode } from "./ray_cluster.ts";
import type { Outcome } from "./worker_process.ts";

/** A try of a run. */
export interface RayRequest {
  /** Name of the run. */
  run: string;
  /** Which try, from 0: what an earlier one says later is not listened to. */
  attempt: number;
  /** What the node is to do; checkpoints are in the project's folder there. */
  job: Job;
  /** Seconds of silence after which it hangs. */
  patience: number;
}

/** How a try ended. */
export type RayOutcome = Exclude<Outcome, { type: "stopped" }>;

/** What the driver says about a try. */
export type RayRunMessage =
  & { run: string; attempt: number }
  & (
    /** A node has begun it. */
    | { type: "started"; node: string }
    /** What its worker says on the way. */
    | { type: "said"; message: Exclude<WorkerMessage, { type: "finished" | "failed" }> }
    /** It has ended. */
    | { type: "ended"; outcome: RayOutcome }
  );

/** What the driver says. */
export type RayMessage =
  /** The nodes, at first and when that changes. */
  | { type: "cluster"; nodes: RayNode[] }
  /** The only message: there is no cluster that can be used. */
  | { type: "refused"; reason: string }
  | RayRunMessage;
