/**
 * Libraries of the project's own C++, which the set-up compiles for this processor. The name of a
 * compiled one follows from its sources and the processor, so that none is taken that was compiled
 * from others or for another. @module
 */
import { join } from "@std/path";
import { sha256 } from "./files.ts";

/** A library and where it comes from. */
export interface CompiledLibrary {
  /** What its file's name begins with. */
  name: string;
  /** The folder of its sources. */
  sources: string;
}

/** Paths of all sources of a library, in order. */
export async function librarySources({ sources }: CompiledLibrary): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(sources)) {
    if (/\.(cc|h)$/.test(name)) names.push(name);
  }
  return names.sort().map((name) => join(sources, name));
}

/**
 * Path of a library when it is compiled.
 * @param library Which.
 * @param home The folder for it.
 */
export async function libraryPath(library: CompiledLibrary, home: string): Promise<string> {
  const parts = [await processor()];
  for (const file of await librarySources(library)) parts.push(await Deno.readTextFile(file));
  const hash = await sha256(new TextEncoder().encode(parts.join("\0")));
  return join(home, `${library.name}_${hash.slice(0, 16)}.so`);
}

/** Whether compiled libraries may be loaded: `SER_KERNELS=off` says no. */
export function compiledAllowed(): boolean {
  return Deno.env.get("SER_KERNELS") !== "off";
}

/** What the compiler makes code for: the processor's abilities. */
async function processor(): Promise<string> {
  if (Deno.build.os !== "linux") return Deno.build.target;
  const flags = /^(?:flags|Features)\s*:.*$/m.exec(await Deno.readTextFile("/proc/cpuinfo"));
  return `${Deno.build.target} ${flags?.[0] ?? ""}`;
}
