/**
 * Operations of our own in C++ (the folder `kernels/`), which the set-up compiles for this processor:
 * where they are there, the native back end trains with them, elsewhere with TensorFlow's. @module
 */
import { join } from "@std/path";
import { compiledAllowed, type CompiledLibrary, libraryPath } from "../support/compiled.ts";
import { exists, PROJECT_ROOT } from "../support/files.ts";
import { nativeBackend } from "./native_ops.ts";

/** The operations; compiled in the folder of a native build. */
export const TRAINING_KERNELS: CompiledLibrary = {
  name: "ser_kernels",
  sources: join(PROJECT_ROOT, "lib", "backend", "kernels"),
};

let registered = false;

/** Whether the operations of our own can be called: `SerAdam` and the others. */
export function hasKernels(): boolean {
  return registered && nativeBackend() !== undefined;
}

/**
 * Makes the operations known to TensorFlow. Call when the native back end is set.
 * @param home Folder of the native build.
 * @returns Whether they are there; `SER_KERNELS=off` leaves them out.
 * @throws {Error} If the library is there and does not load.
 */
export async function loadKernels(home: string): Promise<boolean> {
  if (registered || !compiledAllowed()) return registered;
  const path = await libraryPath(TRAINING_KERNELS, home);
  if (!await exists(path)) return false;
  const library = Deno.dlopen(path, {
    ser_register_ops: { parameters: [], result: "pointer" },
  });
  const problem = Deno.UnsafePointerView.getCString(library.symbols.ser_register_ops()!);
  if (problem) throw new Error(`Cannot register the operations of "${path}": ${problem}`);
  registered = true;
  return true;
}
