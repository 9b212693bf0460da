/** Loads the operations of our own in C++, which the set-up compiles for this processor. @module */
import { join } from "@std/path";
import { compiledAllowed, type CompiledLibrary, libraryPath } from "../support/compiled.ts";
import { exists, PROJECT_ROOT } from "../support/files.ts";
import { hasKernels, setRegistered } from "./kernels.ts";

/** The operations; compiled in the folder of a native build. */
export const TRAINING_KERNELS: CompiledLibrary = {
  name: "ser_kernels",
  sources: join(PROJECT_ROOT, "lib", "backend", "kernels"),
};

/**
 * Makes the operations known to TensorFlow. Call when the native back end is set.
 * @param home Folder of the native build.
 * @returns Whether they are there; `SER_KERNELS=off` leaves them out.
 * @throws {Error} If the library is there and does not load.
 */
export async function loadKernels(home: string): Promise<boolean> {
  if (hasKernels() || !compiledAllowed()) return hasKernels();
  const path = await libraryPath(TRAINING_KERNELS, home);
  if (!await exists(path)) return false;
  const library = Deno.dlopen(path, {
    ser_register_ops: { parameters: [], result: "pointer" },
  });
  const problem = Deno.UnsafePointerView.getCString(library.symbols.ser_register_ops()!);
  if (problem) throw new Error(`Cannot register the operations of "${path}": ${problem}`);
  setRegistered();
  return true;
}
