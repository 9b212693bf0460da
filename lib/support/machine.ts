/** The machine that something was measured on. @module */
import { cpus } from "node:os";

/** A machine. */
export type Machine = ReturnType<typeof thisMachine>;

/** This machine. */
export function thisMachine() {
  return {
    /** Model of the processor. */
    processor: cpus()[0]?.model.trim() || "unknown processor",
    /** Cores that this process may use. */
    cores: navigator.hardwareConcurrency,
    /** Memory in GB (10^9 bytes). */
    gigabytes: Math.round(Deno.systemMemoryInfo().total / 1e8) / 10,
    /** System, its version in two numbers, and architecture. */
    system: `${Deno.build.os} ${/^\d+\.\d+/.exec(Deno.osRelease())?.[0] ?? ""} ${Deno.build.arch}`,
  };
}

/** In one line. */
export const machineInWords = ({ processor, cores, gigabytes, system }: Machine): string =>
  `${processor}, ${cores} ${cores === 1 ? "core" : "cores"}, ${gigabytes.toFixed(0)} GB, ${system}`;
