/**
 * Features of many files on several cores. Every worker has one file at a time, so memory does not grow
 * with their number; which worker takes which file is by chance, what comes out is not. @module
 */
import { extractFile, type FileResult } from "./extract.ts";
import type { MfccOptions } from "./mfcc.ts";
import type { Delivery, Order } from "./worker.ts";

/** Fewer files are not worth the tenth of a second in which a worker starts. */
const FILES_PER_WORKER = 64;

/**
 * How many workers are worth it.
 * @param files Number of files.
 * @param cores Cores of the machine.
 * @returns 1 if this process does it alone.
 */
export function usefulWorkers(
  files: number,
  cores: number = navigator.hardwareConcurrency,
): number {
  return Math.max(1, Math.min(cores, Math.floor(files / FILES_PER_WORKER)));
}

/**
 * Takes the features of files.
 * @param paths WAV or FLAC files.
 * @param settings Rate and MFCC settings, in range.
 * @param workers Worker threads, `>= 1`; 1 starts none, the work is done here.
 * @param progress Told how many files are done.
 * @returns What became of each, in the order of the paths.
 */
export async function extractAll(
  paths: readonly string[],
  settings: MfccOptions,
  workers: number,
  progress: (done: number) => void = () => {},
): Promise<FileResult[]> {
  const results: FileResult[] = new Array(paths.length);
  let next = 0, done = 0;
  /** Takes file after file until there are none. */
  const work = async (extract: (path: string) => Promise<FileResult>) => {
    while (next < paths.length) {
      const i = next++;
      results[i] = await extract(paths[i]);
      progress(++done);
    }
  };
  const here = (path: string) => extractFile(path, settings);
  if (workers === 1) await work(here);
  else {
    const team = Array.from({ length: Math.min(workers, paths.length) }, () => hire(settings));
    try {
      await Promise.all(team.map(({ extract }) => work(extract)));
    } finally {
      for (const { dismiss } of team) dismiss();
    }
  }
  return results;
}

/** A worker thread. */
interface Hired {
  /** Takes the features of one file at a time. */
  extract(path: string): Promise<FileResult>;
  /** Ends it. */
  dismiss(): void;
}

/** Starts a worker. A file that fails there is done again here, for its error; so are all if it dies. */
function hire(settings: MfccOptions): Hired {
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
    extract: async (path) => {
      await ready;
      const delivery: Delivery = alive ? await ask(path) : {};
      return delivery.features ? delivery : await extractFile(path, settings);
    },
    dismiss: () => worker.terminate(),
  };
}
