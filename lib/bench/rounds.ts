/** Measures a row in rounds: ours, the peer, ours, the peer, so that a busy machine hits both. @module */
import { OURS, runChild, type Sample, type Side } from "./child.ts";
import type { Job } from "./job.ts";
import { thisMachine } from "./machine.ts";
import type { RowResult, SideResult } from "./results.ts";
import { labelled, type LabelledJob, type RowName, rowOf } from "./rows.ts";

/** How to measure. */
export interface RoundsOptions {
  /** Rounds, >= 1. */
  rounds: number;
  /** The other side; left out where the row has no peer. */
  peer?: Side;
  /** Told what is being measured. */
  progress?: (text: string) => void;
  /** Measures once. @default {runChild} */
  run?: (side: Side, job: Job, env?: Readonly<Record<string, string>>) => Promise<Sample>;
}

/**
 * Measures a row.
 * @param name Its name.
 * @param jobs The processes of one round, from the row.
 * @param options Rounds and peer.
 * @throws {Error} If a process fails, or the sides did not do the same work.
 */
export async function measureRow(
  name: RowName,
  jobs: readonly LabelledJob[],
  options: RoundsOptions,
): Promise<RowResult> {
  const row = rowOf(name), { progress = () => {}, run = runChild } = options;
  const rounds = Math.min(options.rounds, row.rounds ?? Infinity);
  const sides = [OURS, ...(options.peer && row.peer ? [options.peer] : [])];
  const results = sides.map((): SideResult => ({ samples: {}, versions: {}, others: [] }));
  for (let round = 1; round <= rounds; round++) {
    for (const { label, job } of jobs) {
      const samples: Sample[] = [];
      for (const [i, side] of sides.entries()) {
        progress(`${labelled(label, name)}, round ${round} of ${rounds}: ${side.name}`);
        const sample = await run(side, job, row.env);
        samples.push(sample);
        add(results[i], sample, label, row.metrics.map((metric) => metric.name));
      }
      checkSame(name, samples);
    }
  }
  const [ours, peer] = results;
  return {
    ...{ row: name, rounds, measured: new Date().toISOString(), machine: thisMachine(), ours },
    ...peer && { peer },
  };
}

/** Adds the numbers that are told of the row. */
function add(
  to: SideResult,
  { values, versions, others }: Sample,
  label: string | undefined,
  wanted: readonly string[],
): void {
  for (const [name, value] of Object.entries(values)) {
    const key = labelled(label, name);
    if (wanted.includes(key)) (to.samples[key] ??= []).push(round(value));
  }
  Object.assign(to.versions, versions);
  if (others !== null) to.others.push(round(others));
}

/** No more digits than a measurement has. */
const round = (value: number): number => Number(value.toPrecision(5));

function checkSame(name: RowName, [ours, peer]: readonly Sample[]): void {
  if (!peer) return;
  for (const [what, count] of Object.entries(ours.same)) {
    if (peer.same[what] === count) continue;
    throw new Error(
      `Cannot compare ${name}: expected ${count} ${what} as our library has, received ${
        peer.same[what]
      } of the peer; the two do not do the same work`,
    );
  }
}
