/** `deno task setup`: native TensorFlow, and the features in C++. @module */
import { cardAnswers } from "../backend/card.ts";
import { nativeHome, type NativeVariant, TENSORFLOW_VERSION } from "../backend/home.ts";
import { setUpFeatureKernels } from "../setup/kernels.ts";
import { setUpNative } from "../setup/native.ts";
import { task, type TaskHelp } from "./help.ts";

const HELP: TaskHelp = {
  name: "setup",
  about:
    `Makes native TensorFlow ${TENSORFLOW_VERSION} for this project in the per-user cache (SER_CACHE to change\n` +
    "it), shared by all clones, and compiles the features' functions. Needs Python 3.10+ with pip, g++, and 1.6 GB of disk (9 GB with --gpu).\n" +
    "The tasks paper, test and lab call it by themselves. What is there is compared with its SHA-256, and made\n" +
    "anew if it is damaged.",
  options: [
    ["--gpu", "the CUDA build, for Linux x86-64 with an NVIDIA card (3.9 GB download)"],
    ["--again", "throw away what is there and make it anew"],
  ],
};

/** @returns 0 if native TensorFlow is there. */
export const main = task(HELP, async ({ values }) => {
  const again = values.again === true;
  await setUpFeatureKernels();
  await make(values.gpu ? "gpu" : "cpu", again);
  if (values.gpu && !cardAnswers()) {
    console.log("The CUDA build is set up, but no graphics card answers: the CPU build is used");
    await make("cpu", false);
  }
  return 0;
});

async function make(variant: NativeVariant, again: boolean): Promise<void> {
  const start = performance.now();
  const made = await setUpNative(variant, { again, thorough: true });
  const took = made ? `set up in ${Math.round((performance.now() - start) / 1000)} s` : "ready";
  console.log(
    `Native TensorFlow ${TENSORFLOW_VERSION} (${variant}): ${took}, in "${nativeHome(variant)}"`,
  );
}
