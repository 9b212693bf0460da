/** A measured row for the tests of what is made of it; the numbers are invented. @module */
import type { RowResult } from "./results.ts";
import type { RowName } from "./rows.ts";

/** A row with our samples and, if given, the peer's. */
export function example(
  row: RowName,
  ours: Record<string, number[]>,
  peer?: Record<string, number[]>,
): RowResult {
  const versions = { keras: "3.15.1", tensorflow: "2.21.0" };
  return {
    ...{ row, rounds: Object.values(ours)[0].length, measured: "2026-01-02T03:04:05.678Z" },
    machine: { processor: "Abacus", cores: 2, gigabytes: 8, system: "linux 6.1 x86_64" },
    ours: { samples: ours, versions: { deno: "2.9.6", backend: "TensorFlow" }, others: [0.1] },
    ...peer && { peer: { samples: peer, versions, others: [0.3] } },
  };
}
