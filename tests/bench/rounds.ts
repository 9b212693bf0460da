/**
 * Measures a row in rounds: ours, the peer, ours, the peer, so that a busy machine hits both; each
 * measurement in a process of its own. @module
 */
import { fromFileUrl, join } from "@std/path";
import { lastLines, runCommand } from "ser/setup/command.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { thisMachine } from "ser/support/machine.ts";
import { coreTimes, othersShare } from "./clocks.ts";
import type { RowResult, SideResult } from "./results.ts";
import { type Job, type RowName, rowOf } from "./rows.ts";

/** What a process says at its end, in the last line of its output that is JSON. */
export interface Measurement {
  /** What was measured, in seconds, milliseconds or 10^6 bytes: the name tells. */
  values: Record<string, number>;
  /** What must be equal on both sides, for example the number of parameters. */
  same: Record<string, number>;
  /** Versions of what did the work. */
  versions: Record<string, string>;
  /** Processor seconds of the process with its threads and children; null if it cannot tell. */
  cpuSeconds: number | null;
  /** Share of the machine that others used meanwhile, seen from outside; null if not known. */
  others?: number | null;
}

/** One of the two sides that are compared: a command to which the job's path is added. */
export interface Side {
  name: string;
  command: readonly string[];
}

const here = (name: string) => fromFileUrl(new URL(name, import.meta.url));

/** Our side. */
export const OURS: Side = {
  name: "our library",
  command: [Deno.execPath(), "run", "-A", here("worker.ts")],
};

/** The peer, by a Python that has the packages of requirements.txt. */
export const peerSide = (python: string): Side => ({
  name: "the Python peer",
  command: [python, here("run.py")],
});

/**
 * Measures once.
 * @throws {Error} If the process fails or says nothing; the message has its last words.
 */
export async function runChild(
  side: Side,
  job: Job,
  env: Readonly<Record<string, string>> = {},
): Promise<Measurement> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "job.json"), before = await coreTimes();
    await Deno.writeTextFile(path, JSON.stringify({ ...job, spawned: Date.now() }));
    const { code, stdout, stderr } = await runCommand([...side.command, path], {
      cwd: PROJECT_ROOT,
      env: { TF_CPP_MIN_LOG_LEVEL: "3", NO_COLOR: "1", PYTHONPATH: "", ...env },
    });
    const after = await coreTimes();
    const answer = stdout.split("\n").findLast((line) => line.startsWith("{"));
    if (code !== 0 || answer === undefined) {
      throw new Error(
        `Cannot measure ${side.name}: expected exit status 0 and a line of JSON of "${job.work}", received ${code}:${
          lastLines(stderr || stdout, 12)
        }`,
      );
    }
    const measurement: Measurement = JSON.parse(answer);
    const own = measurement.cpuSeconds, known = before && after && own !== null;
    return { ...measurement, others: known ? othersShare(before, after, own) : null };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** How to measure. */
export interface RoundsOptions {
  rounds: number;
  /** The other side; left out where the row has no peer. */
  peer?: Side;
  /** Told what is being measured. */
  progress?: (text: string) => void;
  /** Measures once. @default {runChild} */
  run?: typeof runChild;
}

/**
 * Measures a row by the processes of one round.
 * @throws {Error} If a process fails, or the sides did not do the same work.
 */
export async function measureRow(
  name: RowName,
  jobs: Readonly<Record<string, Job>>,
  { rounds: wanted, peer: other, progress = () => {}, run = runChild }: RoundsOptions,
): Promise<RowResult> {
  const row = rowOf(name), rounds = Math.min(wanted, row.rounds ?? Infinity);
  const sides = other && row.peer ? [OURS, other] : [OURS];
  const results = sides.map((): SideResult => ({ samples: {}, versions: {}, others: [] }));
  for (let round = 1; round <= rounds; round++) {
    for (const [label, job] of Object.entries(jobs)) {
      const measured: Measurement[] = [];
      for (const [i, side] of sides.entries()) {
        progress(`${label}${name}, round ${round} of ${rounds}: ${side.name}`);
        measured.push(await run(side, job, row.env));
        add(results[i], measured[i], label, row.tells);
      }
      checkSame(name, measured);
    }
  }
  const [ours, peer] = results, measured = new Date().toISOString();
  return { row: name, rounds, measured, machine: thisMachine(), ours, ...peer && { peer } };
}

/** Adds the numbers that are told, with no more digits than a measurement has. */
function add(
  to: SideResult,
  { values, versions, others }: Measurement,
  label: string,
  tells: readonly string[] = Object.keys(values),
): void {
  const rounded = (value: number) => Number(value.toPrecision(5));
  for (const name of tells) {
    const key = label + name;
    if (name in values) (to.samples[key] ??= []).push(rounded(values[name]));
  }
  Object.assign(to.versions, versions);
  if (typeof others === "number") to.others.push(rounded(others));
}

function checkSame(name: RowName, [ours, peer]: readonly Measurement[]): void {
  for (const [what, count] of Object.entries(peer ? ours.same : {})) {
    if (peer.same[what] === count) continue;
    throw new Error(
      `Cannot compare ${name}: expected ${count} ${what} as our library has, received ${
        peer.same[what]
      } of the peer; the two do not do the same work`,
    );
  }
}
