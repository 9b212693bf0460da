/** What a worker of `pool.ts` does: takes the features of one file after the other. @module */
import { extractFile, type FileResult } from "./extract.ts";
import type { MfccOptions } from "./mfcc.ts";

/** One file to work on, with rate and MFCC settings. */
export type Order = { path: string; settings: MfccOptions };

/** What comes back; an error stays behind, as its class would not survive the way. */
export type Delivery = Omit<FileResult, "error">;

const port = globalThis as unknown as Worker;

port.onmessage = async ({ data: { path, settings } }: MessageEvent<Order>) => {
  const { error: _, ...delivery } = await extractFile(path, settings);
  const { features } = delivery;
  port.postMessage(delivery satisfies Delivery, features ? [features.mfcc.data.buffer] : []);
};
port.postMessage({} satisfies Delivery); // ready: what came before, while modules were loaded, is lost
