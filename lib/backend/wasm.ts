/** The WebAssembly back end, completed so that the paper's convolutions can be trained on it. @module */
import * as tf from "@tensorflow/tfjs";
import { dirname, join } from "@std/path";
import { createRequire } from "node:module";
import { registerFilterGradient } from "./conv_filter_gradient.ts";

/**
 * Makes WebAssembly the back end.
 * @returns What runs.
 */
export async function loadWasm(): Promise<string> {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  const main = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(join(dirname(main), "/"));
  if (!await tf.setBackend("wasm")) throw new Error("the module could not be started");
  registerFilterGradient("wasm");
  return "WebAssembly, one thread";
}
