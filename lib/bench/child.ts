/** Runs one measurement in a child process. @module */
import { join } from "@std/path";
import { lastLines, runCommand } from "../setup/command.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { type Job, type Measurement, readMeasurement } from "./job.ts";
import { coreTimes, othersShare } from "./resources.ts";

/** One of the two sides that are compared. */
export interface Side {
  /** Who that is, for messages. */
  name: string;
  /** The command to which the job's path is added. */
  command: readonly string[];
}

/** Our side. */
export const OURS: Side = {
  name: "our library",
  command: [Deno.execPath(), "run", "-A", join(PROJECT_ROOT, "lib", "bench", "worker.ts")],
};

/**
 * The Python peer.
 * @param python A Python with the packages of tests/bench/requirements.txt.
 */
export const peerSide = (python: string): Side => ({
  name: "the Python peer",
  command: [python, join(PROJECT_ROOT, "tests", "bench", "run.py")],
});

/** A measurement and how quiet the machine was. */
export interface Sample extends Measurement {
  /** Share of the machine that other processes used meanwhile, in [0, 1]; null if not known. */
  others: number | null;
}

/**
 * Measures once.
 * @param side Who does the job.
 * @param job What to do.
 * @param env Environment variables on top of ours.
 * @throws {Error} If the process fails; the message has its last words.
 */
export async function runChild(
  side: Side,
  job: Job,
  env: Readonly<Record<string, string>> = {},
): Promise<Sample> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "job.json");
    const before = await coreTimes();
    await Deno.writeTextFile(path, JSON.stringify({ ...job, spawned: Date.now() }));
    const { code, stdout, stderr } = await runCommand([...side.command, path], {
      cwd: PROJECT_ROOT,
      env: { TF_CPP_MIN_LOG_LEVEL: "3", NO_COLOR: "1", PYTHONPATH: "", ...env },
    });
    const after = await coreTimes();
    if (code !== 0) {
      throw new Error(
        `Cannot measure ${side.name}: expected exit status 0 of "${job.work}", received ${code}:${
          lastLines(stderr || stdout, 12)
        }`,
      );
    }
    const measurement = readMeasurement(stdout);
    const known = before && after && measurement.cpuSeconds !== null;
    const others = known ? othersShare(before, after, measurement.cpuSeconds!) : null;
    return { ...measurement, others };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
