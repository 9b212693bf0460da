/** WebGPU through Deno's own implementation. @module */
import * as tf from "@tensorflow/tfjs";

/** The part of a WebGPU adapter that is used here. */
export interface Adapter {
  info: { description: string; vendor: string; isFallbackAdapter: boolean };
}

/** The machine's adapter, if it has one; a software one says so in `info.isFallbackAdapter`. */
export async function findAdapter(): Promise<Adapter | undefined> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
  try {
    return await gpu?.requestAdapter() ?? undefined;
  } catch {
    return undefined; // a broken driver is no adapter
  }
}

/**
 * Makes WebGPU the back end.
 * @param adapter From {@linkcode findAdapter}.
 * @returns The device, for example `"WebGPU, NVIDIA GeForce RTX 3060"`.
 */
export async function loadWebgpu(adapter: Adapter): Promise<string> {
  await import("@tensorflow/tfjs-backend-webgpu");
  if (!await tf.setBackend("webgpu")) throw new Error("the device could not be opened");
  return `WebGPU, ${adapter.info.description || adapter.info.vendor || "unnamed adapter"}`;
}
