/** Compiling the project's own C++ for this processor. @module */
import { join } from "@std/path";
import { TRAINING_KERNELS } from "../backend/kernels.ts";
import { FEATURE_KERNELS } from "../features/kernels.ts";
import { type CompiledLibrary, libraryPath, librarySources } from "../support/compiled.ts";
import { exists } from "../support/files.ts";
import { SetupError } from "../support/setup_error.ts";
import { lastLines, runCommand } from "./command.ts";

/** What the libraries beside `tensorflow/` are called. */
const LIBRARIES = /^libtensorflow.*\.(so|dylib)/;

/**
 * Compiles the training's operations unless they are there.
 * @param home Folder of a native build, with `tensorflow/` in it.
 * @param findCompiler Gives the C++ compiler; asked when there is something to compile.
 * @returns Whether there was something to do.
 * @throws {SetupError} If they do not compile; the message ends with the compiler's last lines.
 */
export function setUpTrainingKernels(
  home: string,
  findCompiler: () => Promise<string>,
): Promise<boolean> {
  return setUpLibrary(TRAINING_KERNELS, home, findCompiler, () => tensorflowArguments(home));
}

/**
 * Compiles the features' functions unless they are there; they need no TensorFlow.
 * @param home Folder for the library.
 * @param findCompiler Gives the C++ compiler; asked when there is something to compile.
 * @returns Whether there was something to do.
 * @throws {SetupError} If they do not compile; the message ends with the compiler's last lines.
 */
export function setUpFeatureKernels(
  home: string,
  findCompiler: () => Promise<string>,
): Promise<boolean> {
  return setUpLibrary(FEATURE_KERNELS, home, findCompiler);
}

async function setUpLibrary(
  library: CompiledLibrary,
  home: string,
  findCompiler: () => Promise<string>,
  more: () => Promise<string[]> = () => Promise.resolve([]),
): Promise<boolean> {
  const target = await libraryPath(library, home);
  if (await exists(target)) return false;
  const compiler = await findCompiler();
  await Deno.mkdir(home, { recursive: true });
  const unfinished = `${target}.${crypto.randomUUID().slice(0, 8)}`;
  const sources = (await librarySources(library)).filter((file) => file.endsWith(".cc"));
  const result = await runCommand([
    ...[compiler, "-std=c++17", "-O3", "-shared", "-fPIC", "-pthread", "-Wno-psabi"],
    Deno.build.arch === "x86_64" ? "-march=native" : "-mcpu=native",
    // not -ffast-math: it breaks the exponential functions, and what is not a number
    ...sources,
    ...await more(),
    ...["-o", unfinished],
  ]);
  if (result.code !== 0) {
    await Deno.remove(unfinished).catch(() => {});
    throw new SetupError(`cannot compile "${library.sources}":${lastLines(result.stderr, 12)}`);
  }
  await Deno.rename(unfinished, target);
  return true;
}

async function tensorflowArguments(home: string): Promise<string[]> {
  const tensorflow = join(home, "tensorflow");
  const libraries: string[] = [];
  for await (const { name } of Deno.readDir(tensorflow)) {
    if (LIBRARIES.test(name)) libraries.push(join(tensorflow, name));
  }
  const macos = Deno.build.os === "darwin";
  return [
    `-I${join(tensorflow, "include")}`,
    ...libraries.sort(),
    `-Wl,-rpath,${macos ? "@loader_path" : "$ORIGIN"}/tensorflow`,
    ...(macos ? [] : ["-Wl,-z,nodelete"]), // TensorFlow keeps its functions when a worker ends
  ];
}
