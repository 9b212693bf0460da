/** Compiling the project's own C++ for this processor. @module */
import { join } from "@std/path";
import { TRAINING_KERNELS } from "../backend/load_kernels.ts";
import { FEATURE_KERNELS } from "../features/kernels.ts";
import { type CompiledLibrary, libraryPath, librarySources } from "../support/compiled.ts";
import { exists, userCache } from "../support/files.ts";
import { SetupError } from "../support/setup_error.ts";
import { findCompiler } from "./addon.ts";
import { lastLines, runCommand } from "./command.ts";
import { LiveLine } from "../notebook/live.ts";

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

/** Where the features' functions go, and who compiles them; the defaults are right outside tests. */
export interface FeatureKernelOptions {
  /** Folder for the library. @default {userCache()} */
  home?: string;
  /** Gives the C++ compiler; asked when there is something to compile. @default {findCompiler} */
  findCompiler?: () => Promise<string>;
  /** Shows progress. @default {new LiveLine()} */
  line?: LiveLine;
}

/**
 * Compiles the features' functions unless they are there; they need no TensorFlow. Where they do not
 * compile, says so: the features are taken without them.
 * @param options Where to, and what with.
 * @returns Whether they were compiled.
 */
export async function setUpFeatureKernels(options: FeatureKernelOptions = {}): Promise<boolean> {
  const { home = userCache(), line = new LiveLine() } = options;
  try {
    const find = options.findCompiler ?? findCompiler;
    const compiled = await setUpLibrary(FEATURE_KERNELS, home, find);
    if (compiled) line.end("Features in C++: compiled for this processor");
    return compiled;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    line.end(`Features in C++: taking features will be slower without them: ${error.message}`);
    return false;
  }
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
