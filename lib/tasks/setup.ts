/** `deno task setup`: native TensorFlow, and the features in C++. @module */
import { nativeHome, TENSORFLOW_VERSION } from "../backend/home.ts";
import { setUpFeatureKernels } from "../setup/kernels.ts";
import { setUpNative } from "../setup/native.ts";
import { SetupError } from "../support/setup_error.ts";
import { helpText, parseTaskArgs, type TaskHelp } from "./help.ts";

const HELP: TaskHelp = {
  name: "setup",
  usage: "[--gpu] [--again]",
  about:
    `Makes native TensorFlow ${TENSORFLOW_VERSION} for this project in the per-user cache (SER_CACHE to change\n` +
    "it), shared by all clones, and compiles the features' functions. Needs Python 3.10+ with pip, g++, and 1.6 GB of disk (9 GB with --gpu).\n" +
    "The tasks paper, test and lab call it by themselves. Does nothing if it is there already.",
  options: [
    ["--gpu", "the CUDA build, for Linux x86-64 with an NVIDIA card (3.9 GB download)"],
    ["--again", "throw away what is there and make it anew"],
  ],
};

/**
 * Runs the task.
 * @param args Arguments after its name.
 * @returns 0 if native TensorFlow is there, else 1.
 */
export async function main(args: string[]): Promise<number> {
  const { values, help } = parseTaskArgs(args, {
    gpu: { type: "boolean" },
    again: { type: "boolean" },
  });
  if (help) {
    console.log(helpText(HELP));
    return 0;
  }
  const variant = values.gpu ? "gpu" : "cpu";
  await setUpFeatureKernels();
  const start = performance.now();
  try {
    const made = await setUpNative(variant, { again: values.again === true });
    const took = made ? `set up in ${Math.round((performance.now() - start) / 1000)} s` : "ready";
    console.log(
      `Native TensorFlow ${TENSORFLOW_VERSION} (${variant}): ${took}, in "${nativeHome(variant)}"`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`Cannot set up native TensorFlow: ${error.message}`);
    return 1;
  }
}
