/** Compiling the project's own C++ for this processor. @module */
import { basename, join } from "@std/path";
import { TRAINING_KERNELS } from "../backend/load_kernels.ts";
import { FEATURE_KERNELS } from "../features/kernels.ts";
import { LiveLine } from "../notebook/live.ts";
import {
  type CompiledLibrary,
  COMPILER_FLAGS,
  contentHash,
  findLibrary,
  librarySources,
  libraryStem,
} from "../support/compiled.ts";
import { exists, namesIn, renameSynced, userCache } from "../support/files.ts";
import { withLock } from "../support/lock.ts";
import { SetupError } from "../support/setup_error.ts";
import { compilerHash, COMPILERS, findCompiler } from "./addon.ts";
import { lastLines, runCommand } from "./command.ts";

/** What the libraries beside `tensorflow/` are called. */
const LIBRARIES = /^libtensorflow.*\.(so|dylib)/;

/**
 * Compiles the training's operations unless they are there, whole, and by this compiler.
 * @returns Whether there was something to do.
 * @throws {SetupError} If they do not compile; the message ends with the compiler's last lines.
 */
export function setUpTrainingKernels(
  home: string,
  compilers: readonly string[] = COMPILERS,
): Promise<boolean> {
  return setUpLibrary(TRAINING_KERNELS, home, compilers, () => tensorflowArguments(home));
}

/** Where the features' functions go, and who compiles them; the defaults are right outside tests. */
export interface FeatureKernelOptions {
  /** Folder for the library. @default {userCache()} */
  home?: string;
  /** C++ compilers to try in turn. @default {COMPILERS} */
  compilers?: readonly string[];
  /** Shows progress. @default {new LiveLine()} */
  line?: LiveLine;
}

/**
 * Compiles the features' functions unless they are there, whole, and by this compiler; they need no TensorFlow. Where they do not
 * compile, says so: the features are taken without them.
 * @returns Whether they were compiled.
 */
export async function setUpFeatureKernels(options: FeatureKernelOptions = {}): Promise<boolean> {
  const { home = userCache(), compilers = COMPILERS, line = new LiveLine() } = options;
  try {
    const compiled = await setUpLibrary(FEATURE_KERNELS, home, compilers);
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
  compilers: readonly string[],
  more: () => Promise<string[]> = () => Promise.resolve([]),
): Promise<boolean> {
  const base = await libraryStem(library), stem = base + await compilerHash(compilers);
  const work = join(home, `${library.name}.compiling`);
  const isReady = async () => {
    const found = await findLibrary(library, home).catch(() => undefined);
    return found !== undefined && basename(found).startsWith(stem);
  };
  const ready = await isReady();
  if (ready && !await exists(work)) return false;
  const compiler = ready ? undefined : await findCompiler(compilers);
  return await withLock(join(home, `${library.name}.lock`), async () => {
    await removeDebris(library, home, work); // its owner has died: the lock is ours
    if (await isReady()) return false;
    await Deno.mkdir(work, { recursive: true });
    try {
      const chosen = compiler ?? await findCompiler(compilers);
      const made = await compile(library, chosen, work, await more());
      const old = await namesIn(home, new RegExp(`^${base}`));
      const path = join(home, `${stem}_${await contentHash(made)}.so`);
      await renameSynced(made, path);
      for (const name of old) if (name !== basename(path)) await Deno.remove(join(home, name));
    } finally {
      await Deno.remove(work, { recursive: true });
    }
    return true;
  });
}

/** Compiles into a folder, where the compiler's own files go, too. */
async function compile(
  library: CompiledLibrary,
  compiler: string,
  work: string,
  more: readonly string[],
): Promise<string> {
  const made = join(work, "library.so");
  const sources = (await librarySources(library)).filter((file) => file.endsWith(".cc"));
  const command = [compiler, ...COMPILER_FLAGS, ...sources, ...more, "-o", made];
  const result = await runCommand(command, { env: { TMPDIR: work } });
  if (result.code === 0) return made;
  throw new SetupError(`cannot compile "${library.sources}":${lastLines(result.stderr, 12)}`);
}

/** Earlier versions wrote beside the library; theirs is no living set-up's after an hour. */
async function removeDebris(library: CompiledLibrary, home: string, work: string): Promise<void> {
  if (await exists(work)) await Deno.remove(work, { recursive: true });
  const earlier = new RegExp(`^${library.name}_[0-9a-f]{16}\\.so\\.[0-9a-f]{8}$`);
  for (const name of await namesIn(home, earlier)) {
    const { mtime } = await Deno.stat(join(home, name));
    if (Date.now() - mtime!.getTime() > 3_600_000) await Deno.remove(join(home, name));
  }
}

async function tensorflowArguments(home: string): Promise<string[]> {
  const tensorflow = join(home, "tensorflow");
  const macos = Deno.build.os === "darwin";
  return [
    `-I${join(tensorflow, "include")}`,
    ...(await namesIn(tensorflow, LIBRARIES)).map((name) => join(tensorflow, name)),
    `-Wl,-rpath,${macos ? "@loader_path" : "$ORIGIN"}/tensorflow`,
    ...(macos ? [] : ["-Wl,-z,nodelete"]), // TensorFlow keeps its functions when a worker ends
  ];
}
