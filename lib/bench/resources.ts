/** Clocks and memory of a process and of the machine. @module */
import process from "node:process";

/** A moment, in seconds. */
export interface Moment {
  /** Of a clock that only goes forward. */
  wall: number;
  /** Processor time of this process with all its threads. */
  cpu: number;
}

/** The present moment. */
export const moment = (): Moment => ({ wall: performance.now() / 1000, cpu: cpuSeconds() });

/** Processor seconds of this process with all its threads since it was started. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage(); // microseconds
  return (user + system) / 1e6;
}

/** Seconds since a moment that `Date.now()` gave, also that of another process. */
export const secondsSince = (started: number): number => (Date.now() - started) / 1000;

/** The most memory that this process ever held, as `{ peakMegabytes }`; nothing but on Linux. */
export function peakMemory(): { peakMegabytes?: number } {
  if (Deno.build.os !== "linux") return {};
  // ru_maxrss would be simpler, but a new process inherits that of its parent
  return { peakMegabytes: peakMegabytes(Deno.readTextFileSync("/proc/self/status")) };
}

/**
 * The highest resident set in a text of /proc/PID/status.
 * @param status The text.
 * @returns In MB (10^6 bytes).
 * @throws {SyntaxError} If it does not say it.
 */
export function peakMegabytes(status: string): number {
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) {
    throw new SyntaxError("Cannot read the peak memory: expected a line VmHWM in the status");
  }
  return Number(kibibytes) * 1024 / 1e6;
}

/** Times of all cores together since the machine was started, in seconds. */
export interface CoreTimes {
  /** At work. */
  busy: number;
  /** At work or not: the seconds since then, for each core. */
  total: number;
}

/** The cores' times now; undefined where the system does not tell. */
export async function coreTimes(): Promise<CoreTimes | undefined> {
  if (Deno.build.os !== "linux") return undefined;
  return parseCoreTimes(await Deno.readTextFile("/proc/stat"));
}

/** The unit of /proc/stat in seconds: USER_HZ is 100 on every Linux that Deno runs on. */
const TICK = 0.01;

/**
 * Reads the first line of /proc/stat.
 * @param stat Its text.
 * @example Usage
 * ```ts
 * import { parseCoreTimes } from "ser/bench/resources.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * // user, nice, system, idle, waiting for a disk, two kinds of interrupts, stolen
 * deepStrictEqual(parseCoreTimes("cpu  300 0 100 500 100 0 0 0 0 0\n"), { busy: 4, total: 10 });
 * ```
 */
export function parseCoreTimes(stat: string): CoreTimes {
  const ticks = stat.split("\n")[0].trim().split(/\s+/).slice(1, 9).map(Number);
  const total = ticks.reduce((sum, count) => sum + count, 0);
  const idle = ticks[3] + ticks[4];
  return { busy: (total - idle) * TICK, total: total * TICK };
}

/**
 * The share of the machine's processor time that went to other processes.
 * @param before The cores' times before a process.
 * @param after And after it.
 * @param own Processor seconds of the process.
 * @returns In [0, 1]; 0 on a quiet machine.
 */
export function othersShare(before: CoreTimes, after: CoreTimes, own: number): number {
  const busy = after.busy - before.busy, total = after.total - before.total;
  return total > 0 ? Math.min(1, Math.max(0, (busy - own) / total)) : 0;
}
