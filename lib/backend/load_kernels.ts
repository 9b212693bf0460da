/** Loads the operations of our own in C++, which the set-up compiles for this processor. @module */
import { join } from "@std/path";
import { compiledAllowed, type CompiledLibrary, findLibrary } from "../support/compiled.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { hasKernels, setRegistered } from "./kernels.ts";

/** The operations; compiled in the folder of a native build. */
export const TRAINING_KERNELS: CompiledLibrary = {
  name: "ser_kernels",
  sources: join(PROJECT_ROOT, "lib", "backend", "kernels"),
};

/**
 * Makes the operations known to TensorFlow. Call when the native back end is set.
 * @param home Folder of the native build.
 * @returns Whether they are there; `SER_KERNELS=off` leaves them out, and so does a damaged library,
 * of which the reader is told.
 */
export async function loadKernels(home: string): Promise<boolean> {
  if (hasKernels() || !compiledAllowed()) return hasKernels();
  try {
    const path = await findLibrary(TRAINING_KERNELS, home);
    if (!path) return false;
    register(path);
    setRegistered();
    return true;
  } catch (error) {
    console.warn(
      `Cannot load the compiled operations of the training: ${
        error instanceof Error ? error.message : error
      }; it is slower without them; to compile them anew: deno task setup`,
    );
    return false;
  }
}

function register(path: string): void {
  const library = Deno.dlopen(path, {
    ser_register_ops: { parameters: [], result: "pointer" },
  });
  const problem = Deno.UnsafePointerView.getCString(library.symbols.ser_register_ops()!);
  if (problem) throw new Error(`"${path}" cannot be registered: ${problem}`);
}
