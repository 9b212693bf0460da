/**
 * Libraries of the project's own C++, which the set-up compiles for this processor. The name of a
 * compiled one holds what it was made from (sources, flags, processor), the compiler, and its own
 * SHA-256: none is taken that was made from something else, or is not whole. @module
 */
import { join } from "@std/path";
import { namesIn, sha256 } from "./files.ts";

/** A library and where it comes from. */
export interface CompiledLibrary {
  /** What its file's name begins with. */
  name: string;
  /** The folder of its sources. */
  sources: string;
}

/** How all are compiled. Not -ffast-math: it breaks the exponential functions, and what is not a number. */
export const COMPILER_FLAGS: readonly string[] = [
  ...["-std=c++17", "-O3", "-shared", "-fPIC", "-pthread", "-Wno-psabi"],
  Deno.build.arch === "x86_64" ? "-march=native" : "-mcpu=native",
];

/** Paths of all sources of a library, in order. */
export async function librarySources({ sources }: CompiledLibrary): Promise<string[]> {
  return (await namesIn(sources, /\.(cc|h)$/)).map((name) => join(sources, name));
}

/** What the name of a compiled library begins with, before its compiler and its SHA-256. */
export async function libraryStem(library: CompiledLibrary): Promise<string> {
  const parts = [await processor(), COMPILER_FLAGS.join(" ")];
  for (const file of await librarySources(library)) parts.push(await Deno.readTextFile(file));
  return `${library.name}_${await shortHash(parts.join("\0"))}_`;
}

/**
 * The compiled library, checked from its first byte to its last: the loader maps it without looking,
 * and a missing page ends the process.
 * @returns Its path in the folder; `undefined` if it is not compiled.
 * @throws {Error} If only a damaged one is there.
 */
export async function findLibrary(
  library: CompiledLibrary,
  home: string,
): Promise<string | undefined> {
  const stem = await libraryStem(library);
  let damaged: string | undefined;
  for (const name of await namesIn(home)) {
    if (!name.startsWith(stem) || !name.endsWith(".so")) continue;
    const path = join(home, name);
    if (name.endsWith(`_${await contentHash(path).catch(() => "")}.so`)) return path;
    damaged = path;
  }
  if (damaged) throw new Error(`"${damaged}" is damaged`);
}

/** The end of the SHA-256 that stands in the name of a library. */
export const contentHash = async (path: string): Promise<string> =>
  (await sha256(await Deno.readFile(path))).slice(0, 16);

/** A short hash of a text. */
export const shortHash = async (text: string): Promise<string> => (await sha256(text)).slice(0, 16);

/** Whether compiled libraries may be loaded: `SER_KERNELS=off` says no. */
export const compiledAllowed = (): boolean => Deno.env.get("SER_KERNELS") !== "off";

/** What the compiler makes code for: the processor's abilities. */
async function processor(): Promise<string> {
  if (Deno.build.os !== "linux") return Deno.build.target;
  const flags = /^(?:flags|Features)\s*:.*$/m.exec(await Deno.readTextFile("/proc/cpuinfo"));
  return `${Deno.build.target} ${flags?.[0] ?? ""}`;
}
