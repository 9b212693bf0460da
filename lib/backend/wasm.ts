/** The WebAssembly back end, completed so that the paper's convolutions can be trained on it. @module */
import * as tf from "@tensorflow/tfjs";
import { dirname, join } from "@std/path";
import { createRequire } from "node:module";
import {
  type Convolution,
  filterGradient,
  hasUnitStride,
  inputGradient,
} from "./conv_gradients.ts";

type Shape4D = [number, number, number, number];

/**
 * Makes WebAssembly the back end.
 * @returns What runs.
 */
export async function loadWasm(): Promise<string> {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  const main = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(join(dirname(main), "/"));
  if (!await tf.setBackend("wasm")) throw new Error("the module could not be started");
  registerFilterGradient();
  speedUpInputGradient();
  return "WebAssembly, one thread";
}

/** The package has no kernel for this one. */
function registerFilterGradient(): void {
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as unknown as Record<string, tf.Tensor4D>;
      const convolution = attrs as unknown as Convolution & { filterShape: Shape4D };
      return filterGradient(x, dy, convolution.filterShape, convolution);
    },
  });
}

/** The package's kernel is a plain loop; its forward convolution is ten times as fast. */
function speedUpInputGradient(): void {
  const own = tf.getKernel("Conv2DBackpropInput", "wasm");
  tf.unregisterKernel("Conv2DBackpropInput", "wasm");
  tf.registerKernel({
    ...own,
    kernelFunc: (args) => {
      const { dy, filter } = args.inputs as unknown as Record<string, tf.Tensor4D>;
      const convolution = args.attrs as unknown as Convolution & { inputShape: Shape4D };
      if (!hasUnitStride(convolution)) return own.kernelFunc(args);
      return inputGradient(dy, filter, convolution.inputShape, convolution);
    },
  });
}
