/**
 * Operations of our own in C++ (the folder `kernels/`), which the set-up compiles for this processor:
 * where they are there, the native back end trains with them, elsewhere with TensorFlow's. @module
 */
import { join } from "@std/path";
import { exists, PROJECT_ROOT, sha256 } from "../support/files.ts";
import { nativeBackend } from "./native_ops.ts";

/** Where the sources are. */
export const KERNEL_SOURCES: string = join(PROJECT_ROOT, "lib", "backend", "kernels");

let registered = false;

/** Whether the operations of our own can be called: `SerAdam` and the others. */
export function hasKernels(): boolean {
  return registered && nativeBackend() !== undefined;
}

/**
 * Path of the compiled operations: its name follows from the sources and the processor, so that what
 * was compiled for others is not taken.
 * @param home Folder of the native build.
 */
export async function kernelLibrary(home: string): Promise<string> {
  const parts = [await processor()];
  for (const file of await kernelFiles()) parts.push(await Deno.readTextFile(file));
  const hash = await sha256(new TextEncoder().encode(parts.join("\0")));
  return join(home, `ser_kernels_${hash.slice(0, 16)}.so`);
}

/** Paths of all sources, in order. */
export async function kernelFiles(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(KERNEL_SOURCES)) {
    if (/\.(cc|h)$/.test(name)) names.push(name);
  }
  return names.sort().map((name) => join(KERNEL_SOURCES, name));
}

/**
 * Makes the operations known to TensorFlow. Call when the native back end is set.
 * @param home Folder of the native build.
 * @returns Whether they are there; `SER_KERNELS=off` leaves them out.
 * @throws {Error} If the library is there and does not load.
 */
export async function loadKernels(home: string): Promise<boolean> {
  if (registered || Deno.env.get("SER_KERNELS") === "off") return registered;
  const path = await kernelLibrary(home);
  if (!await exists(path)) return false;
  const library = Deno.dlopen(path, {
    ser_register_ops: { parameters: [], result: "pointer" },
  });
  const problem = Deno.UnsafePointerView.getCString(library.symbols.ser_register_ops()!);
  if (problem) throw new Error(`Cannot register the operations of "${path}": ${problem}`);
  registered = true;
  return true;
}

/** What the compiler makes code for: the processor's abilities. */
async function processor(): Promise<string> {
  if (Deno.build.os !== "linux") return Deno.build.target;
  const flags = /^(?:flags|Features)\s*:.*$/m.exec(await Deno.readTextFile("/proc/cpuinfo"));
  return `${Deno.build.target} ${flags?.[0] ?? ""}`;
}
