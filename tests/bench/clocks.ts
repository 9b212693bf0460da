/** Clocks and memory of a process and of the machine, in seconds and 10^6 bytes; clocks.py is the peer's. @module */
import process from "node:process";

/** A moment of a clock that only goes forward, and of this process with all its threads. */
export type Moment = Record<"wall" | "cpu", number>;

/** The present moment. */
export const moment = (): Moment => ({ wall: performance.now() / 1000, cpu: cpuSeconds() });

/** Processor time of this process with all its threads since it was started. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage(); // microseconds
  return (user + system) / 1e6;
}

/** The most memory that this process ever held; nothing but on Linux. */
export function peakMemory(): { peakMegabytes?: number } {
  if (Deno.build.os !== "linux") return {};
  // ru_maxrss would be simpler, but a new process inherits that of its parent
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(Deno.readTextFileSync("/proc/self/status"))![1];
  return { peakMegabytes: Number(kibibytes) * 1024 / 1e6 };
}

/** Time of all cores together since the machine was started: at work, and at work or not. */
export type CoreTimes = Record<"busy" | "total", number>;

/** Reads /proc/stat, whose unit is a hundredth of a second; waiting for a disk is no work. */
export function parseCoreTimes(stat: string): CoreTimes {
  const ticks = stat.split("\n")[0].trim().split(/\s+/).slice(1, 9).map(Number);
  const total = ticks.reduce((sum, count) => sum + count, 0);
  return { busy: (total - ticks[3] - ticks[4]) / 100, total: total / 100 };
}

/** The cores' times now; undefined where the system does not tell. */
export const coreTimes = async (): Promise<CoreTimes | undefined> =>
  Deno.build.os === "linux" ? parseCoreTimes(await Deno.readTextFile("/proc/stat")) : undefined;

/** The share of the machine's time, in [0, 1], that went to others than a process of `own` seconds. */
export function othersShare(before: CoreTimes, after: CoreTimes, own: number): number {
  const busy = after.busy - before.busy, total = after.total - before.total;
  return total > 0 ? Math.min(1, Math.max(0, (busy - own) / total)) : 0;
}
