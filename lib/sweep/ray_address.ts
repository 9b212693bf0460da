/** Where a Ray cluster is said to be, and whether anything is there. @module */
import { ClusterError } from "./engine.ts";

/** Seconds within which a machine takes a call. */
const SECONDS = 5;

/**
 * Reads an address. What Ray takes beside these forms is not for a sweep: `local` would start Ray.
 * @param address `HOST:PORT` or `ray://HOST:PORT`, an IPv6 host in brackets.
 * @returns Undefined if it is something else.
 * @example Usage
 * ```ts
 * import { parseRayAddress } from "ser/sweep/ray_address.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert/strict";
 * deepStrictEqual(parseRayAddress("ray://head:10001"), { hostname: "head", port: 10001 });
 * deepStrictEqual(parseRayAddress("[::1]:6379"), { hostname: "::1", port: 6379 });
 * strictEqual(parseRayAddress("local"), undefined);
 * ```
 */
export function parseRayAddress(address: string): { hostname: string; port: number } | undefined {
  const match = /^(?:ray:\/\/)?(?:\[([\da-f:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/i.exec(address);
  const port = Number(match?.[3]);
  return match && port >= 1 && port < 65536 ? { hostname: match[1] ?? match[2], port } : undefined;
}

/**
 * Calls a cluster's machine, for Ray itself takes minutes to find out that nothing is there.
 * @param address As `parseRayAddress` reads it; of anything else nothing is asked.
 * @param signal Gives up.
 * @throws {ClusterError} If nothing takes the call.
 */
export async function callRay(address: string, signal: AbortSignal): Promise<void> {
  const place = parseRayAddress(address);
  if (!place) return;
  const late = AbortSignal.timeout(1000 * SECONDS);
  try {
    (await Deno.connect({ ...place, signal: AbortSignal.any([signal, late]) })).close();
  } catch (error) {
    signal.throwIfAborted();
    const came = late.aborted ? `no answer in ${SECONDS} s` : (error as Error).message;
    throw new ClusterError(
      `Cannot reach the Ray cluster ${address}: expected something to listen there, received: ${came}\n` +
        'Ray has to be started there (README, section "On a Ray cluster"). Its nodes use port 6379, clients ' +
        "(ray://) 10001; from outside, through an SSH tunnel or kubectl port-forward that runs",
    );
  }
}
