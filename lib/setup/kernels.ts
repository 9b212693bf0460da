/** Compiling the operations of `lib/backend/kernels` for this processor. @module */
import { join } from "@std/path";
import { kernelFiles, kernelLibrary } from "../backend/kernels.ts";
import { SetupError } from "../support/setup_error.ts";
import { exists } from "../support/files.ts";
import { lastLines, runCommand } from "./command.ts";

/** What the libraries beside `tensorflow/` are called. */
const LIBRARIES = /^libtensorflow.*\.(so|dylib)/;

/**
 * Compiles the operations unless they are there.
 * @param home Folder of a native build, with `tensorflow/` in it.
 * @param findCompiler Gives the C++ compiler; asked when there is something to compile.
 * @returns Whether there was something to do.
 * @throws {SetupError} If they do not compile; the message ends with the compiler's last lines.
 */
export async function setUpKernels(
  home: string,
  findCompiler: () => Promise<string>,
): Promise<boolean> {
  const target = await kernelLibrary(home);
  if (await exists(target)) return false;
  const unfinished = `${target}.${crypto.randomUUID().slice(0, 8)}`;
  const compiler = await findCompiler();
  const result = await runCommand([compiler, ...await compilerArguments(home), "-o", unfinished]);
  if (result.code !== 0) {
    await Deno.remove(unfinished).catch(() => {});
    throw new SetupError(`cannot compile the project's kernels:${lastLines(result.stderr, 12)}`);
  }
  await Deno.rename(unfinished, target);
  return true;
}

/** `-ffast-math` is not among them: it breaks the exponential functions. */
async function compilerArguments(home: string): Promise<string[]> {
  const tensorflow = join(home, "tensorflow");
  const libraries: string[] = [];
  for await (const { name } of Deno.readDir(tensorflow)) {
    if (LIBRARIES.test(name)) libraries.push(join(tensorflow, name));
  }
  const macos = Deno.build.os === "darwin";
  return [
    ...["-std=c++17", "-O3", "-shared", "-fPIC", "-pthread"],
    Deno.build.arch === "x86_64" ? "-march=native" : "-mcpu=native",
    `-I${join(tensorflow, "include")}`,
    ...(await kernelFiles()).filter((file) => file.endsWith(".cc")),
    ...libraries.sort(),
    `-Wl,-rpath,${macos ? "@loader_path" : "$ORIGIN"}/tensorflow`,
    ...(macos ? [] : ["-Wl,-z,nodelete"]), // TensorFlow keeps its functions when a worker ends
  ];
}
