/** Building tfjs-node's addon against a current libtensorflow, and checking it. @module */
import { fromFileUrl, join } from "@std/path";
import { TENSORFLOW_VERSION } from "../backend/home.ts";
import { shortHash } from "../support/compiled.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { lastLines, runCommand } from "./command.ts";
import { SetupError } from "../support/setup_error.ts";

/** C++ compilers, best first. */
export const COMPILERS: readonly string[] = ["g++", "c++", "clang++"];

/**
 * What tells one compiler from another, and from its next release, without running it: the path, size
 * and time of its program. It stands in the names of what it compiled.
 * @returns A short hash; nothing where there is no compiler, so that what was compiled serves on.
 */
export async function compilerHash(candidates: readonly string[] = COMPILERS): Promise<string> {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  for (const candidate of candidates) {
    for (const folder of candidate.includes("/") ? [""] : folders) {
      try {
        const path = await Deno.realPath(folder ? join(folder, candidate) : candidate);
        const { size, mtime } = await Deno.stat(path);
        return await shortHash(`${path} ${size} ${mtime?.getTime()}`);
      } catch {
        continue; // it is not here, or not to be read
      }
    }
  }
  return "";
}

/**
 * Finds a C++ compiler.
 * @throws {SetupError} If there is none; the message says how to get one.
 */
export async function findCompiler(
  candidates: readonly string[] = COMPILERS,
): Promise<string> {
  for (const candidate of candidates) {
    if ((await runCommand([candidate, "--version"])).code === 0) return candidate;
  }
  throw new SetupError(
    'no C++ compiler: "g++" was not found; install it (Debian, Ubuntu: sudo apt install g++; ' +
      "Fedora: sudo dnf install gcc-c++; macOS: xcode-select --install)",
  );
}

/**
 * Compiles the unpatched sources of `@tensorflow/tfjs-node`. The addon finds the libraries in
 * `tensorflow/` beside itself, so the folder may be moved, and may be opened through a link.
 * @param home The folder that holds `tensorflow/` and gets `tfjs_binding.node`.
 * @throws {SetupError} If it does not compile; the message ends with the compiler's last lines.
 */
export async function buildAddon(
  home: string,
  libraries: readonly string[],
  compiler: string,
): Promise<void> {
  const modules = join(PROJECT_ROOT, "node_modules");
  const sources = join(modules, "@tensorflow", "tfjs-node", "binding");
  const tensorflow = join(home, "tensorflow");
  const macos = Deno.build.os === "darwin";
  const result = await runCommand([
    ...[compiler, "-std=c++17", "-O2", "-shared", "-fPIC", "-DNAPI_VERSION=8"],
    `-I${join(modules, "node-api-headers", "include")}`,
    `-I${join(tensorflow, "include")}`,
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(sources, file)),
    ...libraries.map((library) => join(tensorflow, library)),
    `-Wl,-rpath,${macos ? "@loader_path" : "$ORIGIN"}/tensorflow`,
    ...(macos ? ["-undefined", "dynamic_lookup"] : []),
    ...["-o", join(home, "tfjs_binding.node")],
  ]);
  if (result.code === 0) return;
  throw new SetupError(`cannot compile the TensorFlow addon:${lastLines(result.stderr, 12)}`);
}

/**
 * Loads an addon in a process of its own and multiplies two matrices.
 * @throws {SetupError} If it does not load, computes wrongly or has another TensorFlow in it.
 */
export async function checkAddon(addon: string): Promise<void> {
  const script = fromFileUrl(new URL("./load_check.ts", import.meta.url));
  const result = await runCommand(
    [Deno.execPath(), "run", "-A", "--no-config", "--no-lock", script, addon],
    { env: { TF_CPP_MIN_LOG_LEVEL: "3", NO_COLOR: "1" } },
  );
  if (result.code === 0 && result.stdout.trim() === TENSORFLOW_VERSION) return;
  throw new SetupError(
    `the TensorFlow addon does not work: expected version ${TENSORFLOW_VERSION}, ` +
      `received ${result.stdout.trim() || `exit status ${result.code}`}${lastLines(result.stderr)}`,
  );
}
