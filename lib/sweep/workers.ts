/** How many runs at once make a machine fastest. @module */
import { readyVariants } from "../backend/home.ts";

/** Workers and the threads of each. */
export interface WorkerPlan {
  /** Runs at once. */
  workers: number;
  /** Threads that each computes with. */
  threads: number;
}

/** What a machine has. */
export interface Capacity {
  /** Cores that this process may use. */
  cores: number;
  /** Memory that is free or can be freed, in bytes. */
  freeMemory: number;
  /** Whether TensorFlow computes on a GPU, whose memory one process takes. @default {false} */
  gpu?: boolean;
}

/** Memory of a worker in bytes: 730 MB at its peak on RAVDESS, measured, and some to spare. */
export const MEMORY = 850e6;

/** What this machine has now. */
export const thisCapacity = async (): Promise<Capacity> => ({
  cores: navigator.hardwareConcurrency,
  freeMemory: Deno.systemMemoryInfo().available,
  gpu: (Deno.env.get("SER_BACKEND") || "native") === "native" &&
    (await readyVariants())[0] === "gpu", // what the workers will compute on
});

/**
 * A worker on each core, as far as memory goes, with the cores shared out among them; one on a GPU. An epoch takes
 * the same processor time with one thread and with two (measured: 2.0 s of LSTM and 1.6 s of CNN-ATN
 * on RAVDESS), and what one thread has to do alone, such as reading the files, leaves no other idle.
 * The numbers of a run do not depend on its threads.
 * @param capacity What the machine has.
 * @param wish Workers that the reader wants. @default {as many as fit}
 */
export function planWorkers({ cores, freeMemory, gpu }: Capacity, wish?: number): WorkerPlan {
  const fit = gpu ? 1 : Math.min(cores, Math.floor(freeMemory / MEMORY));
  const workers = Math.max(1, wish ?? fit);
  return { workers, threads: Math.max(1, Math.floor(cores / workers)) };
}
