/** The machine that something was measured on. @module */
import { cpus } from "node:os";

/** A machine. */
export interface Machine {
  /** Model of the processor. */
  processor: string;
  /** Cores that this process may use. */
  cores: number;
  /** Memory in GB (10^9 bytes). */
  gigabytes: number;
  /** System, its version in two numbers, and architecture. */
  system: string;
}

/** This machine. */
export function thisMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() || "unknown processor",
    cores: navigator.hardwareConcurrency,
    gigabytes: Math.round(Deno.systemMemoryInfo().total / 1e8) / 10,
    system: `${Deno.build.os} ${/^\d+\.\d+/.exec(Deno.osRelease())?.[0] ?? ""} ${Deno.build.arch}`,
  };
}

/** In one line. */
export const machineInWords = ({ processor, cores, gigabytes, system }: Machine): string =>
  `${processor}, ${cores} ${cores === 1 ? "core" : "cores"}, ${gigabytes.toFixed(0)} GB, ${system}`;
