/** The steps in C++ for tests: those of the user if they are compiled, else compiled for the test. @module */
import { type CompiledSteps, loadCompiledSteps } from "ser/features/kernels.ts";
import { setUpFeatureKernels } from "ser/setup/kernels.ts";
import { LiveLine } from "ser/notebook/live.ts";
import { userCache } from "ser/support/files.ts";

/** Undefined where there is no compiler. Load them outside of tests: a library stays loaded. */
export async function compiledSteps(): Promise<CompiledSteps | undefined> {
  const ready = await loadCompiledSteps(userCache());
  if (ready) return ready;
  const home = await Deno.makeTempDir();
  try {
    await setUpFeatureKernels({ home, line: new LiveLine({ terminal: false }) });
    return await loadCompiledSteps(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}
