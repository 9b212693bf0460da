/**
 * Features of many files on several cores. Every worker has one file at a time, so memory does not grow
 * with their number; which worker takes which file is by chance, what comes out is not. @module
 */
import { extractFile, type FileResult } from "./extract.ts";
import type { MfccOptions } from "./mfcc.ts";
import type { Delivery, Order } from "./worker.ts";

/** Fewer files are not worth the tenth of a second in which a worker starts. */
const FILES_PER_WORKER = 64;

/** How many workers are worth it; 1 if this process does it alone. */
export function usefulWorkers(
  files: number,
  cores: number = navigator.hardwareConcurrency,
): number {
  return Math.max(1, Math.min(cores, Math.floor(files / FILES_PER_WORKER)));
}

/**
 * Gives file after file to whoever is free.
 * @param paths The files.
 * @param takers Those who work, each on one file at a time.
 * @param progress Told how many files are done.
 * @returns What they made of each, in the order of the paths.
 */
export async function dealOut<T>(
  paths: readonly string[],
  takers: readonly ((path: string) => Promise<T>)[],
  progress: (done: number) => void = () => {},
): Promise<T[]> {
  const results: T[] = new Array(paths.length);
  let next = 0, done = 0;
  await Promise.all(takers.map(async (take) => {
    while (next < paths.length) {
      const i = next++;
      results[i] = await take(paths[i]);
      progress(++done);
    }
  }));
  return results;
}

/**
 * Takes the features of files by worker threads, `>= 1`; 1 starts none, the work is done here.
 * @returns What became of each, in the order of the paths.
 */
export async function extractAll(
  paths: readonly string[],
  settings: MfccOptions,
  workers: number,
  progress?: (done: number) => void,
): Promise<FileResult[]> {
  if (workers === 1) return await dealOut(paths, [(path) => extractFile(path, settings)], progress);
  const team = Array.from({ length: Math.min(workers, paths.length) }, () => hire(settings));
  try {
    return await dealOut(paths, team.map(({ extract }) => extract), progress);
  } finally {
    for (const { dismiss } of team) dismiss();
  }
}

/** Starts a worker, which takes one file at a time. A file that fails there is done again here, for its error; so are all if it dies. */
function hire(settings: MfccOptions) {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  let alive = true;
  let deliver: (delivery: Delivery) => void = () => {};
  const ready = new Promise<Delivery>((resolve) => deliver = resolve);
  worker.onmessage = ({ data }: MessageEvent<Delivery>) => deliver(data);
  worker.onerror = (event) => {
    event.preventDefault(); // it would end this process, too
    alive = false;
    deliver({});
  };
  const ask = (path: string) =>
    new Promise<Delivery>((resolve) => {
      deliver = resolve;
      worker.postMessage({ path, settings } satisfies Order);
    });
  return {
    extract: async (path: string): Promise<FileResult> => {
      await ready;
      const delivery: Delivery = alive ? await ask(path) : {};
      return delivery.features ? delivery : await extractFile(path, settings);
    },
    dismiss: () => worker.terminate(),
  };
}
