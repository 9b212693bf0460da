/**
 * Makes the native TensorFlow that `lib/backend` loads: the libraries of a PyPI wheel, and
 * tfjs-node's own addon compiled against them. Works in a staging folder beside the final one and
 * renames it when all is checked, so an interruption leaves nothing, or a whole wheel that the next
 * set-up takes up. @module
 */
import { dirname, fromFileUrl, join } from "@std/path";
import {
  damagedFile,
  nativeHome,
  type NativeRecord,
  type NativeVariant,
  readNativeRecord,
  TENSORFLOW_VERSION,
} from "../backend/home.ts";
import { exists, fileSha256, namesIn, writeFileAtomic } from "../support/files.ts";
import { buildAddon, checkAddon, COMPILERS, findCompiler } from "./addon.ts";
import { findPython } from "./command.ts";
import { formatBytes, requireSpace } from "../support/disk.ts";
import { withLock } from "../support/lock.ts";
import { SetupError } from "../support/setup_error.ts";
import { setUpTrainingKernels } from "./kernels.ts";
import { installPackages } from "./packages.ts";
import { pipError, runPip } from "./pip.ts";
import { LiveLine } from "../notebook/live.ts";
import { downloadWheel, unpackWheel, watchFolder, type Wheel, wheelFor } from "./wheel.ts";

/** The most that a set-up has on disk at one time, in bytes. */
const SPACE: Record<NativeVariant, number> = { cpu: 1.6e9, gpu: 9e9 };

/** Below node_modules/: what the addon is compiled from. */
const SOURCES = ["@tensorflow/tfjs-node/binding/tfjs_binding.cc", "node-api-headers/include"];

const CUDA_LIST = fromFileUrl(new URL("requirements-gpu.txt", import.meta.url));

/** What a set-up uses; the defaults are right outside tests. */
export interface NativeOptions {
  /** Final folder. @default {nativeHome(variant)} */
  home?: string;
  /** The wheel. @default {wheelFor(variant)} */
  wheel?: Wheel;
  /** Python with pip. @default {await findPython()} */
  python?: string;
  /** C++ compilers to try in turn. @default {COMPILERS} */
  compilers?: readonly string[];
  /** Checks an addon; throws if it does not work. @default {checkAddon} */
  check?: (addon: string) => Promise<void>;
  /** Free bytes at the final folder. @default {as the system says} */
  free?: number;
  /** Throws away what is there and starts anew. @default {false} */
  again?: boolean;
  /** Compares the SHA-256 of what is there already, which takes seconds. @default {false} */
  thorough?: boolean;
  /** Shows progress. @default {new LiveLine()} */
  line?: LiveLine;
}

/** The record of a native build if it is whole. */
async function wholeRecord(home: string, thorough: boolean): Promise<NativeRecord | undefined> {
  const record = await readNativeRecord(home);
  return record && !await damagedFile(home, record, thorough) ? record : undefined;
}

/**
 * Makes a native build unless there is one.
 * @returns Whether anything had to be done.
 * @throws {SetupError} If it cannot be made here: what is missing and how to get it.
 */
export async function setUpNative(
  variant: NativeVariant,
  options: NativeOptions = {},
): Promise<boolean> {
  const home = options.home ?? nativeHome(variant);
  const { compilers = COMPILERS, thorough = false, line = new LiveLine() } = options;
  if (!options.again && await wholeRecord(home, thorough)) {
    await addKernels(home, compilers, line);
    return false;
  }
  const tools = {
    wheel: options.wheel ?? wheelFor(variant),
    python: options.python ?? await findPython(),
    compiler: await findCompiler(compilers),
    check: options.check ?? checkAddon,
  };
  const onWait = (holder: string) =>
    line.end(`Another set-up is running (${holder}): waiting until it is done`);
  return await withLock(`${home}.lock`, async () => {
    if (!options.again && await wholeRecord(home, false)) return false; // the other one made it
    await requireSpace(dirname(home), SPACE[variant], options.free);
    await make(variant, home, { ...tools, line });
    await addKernels(home, compilers, line);
    return true;
  }, { onWait });
}

/** The project's own operations; where they do not compile, TensorFlow's do their work more slowly. */
async function addKernels(
  home: string,
  compilers: readonly string[],
  line: LiveLine,
): Promise<void> {
  try {
    const compiled = await setUpTrainingKernels(home, compilers);
    if (compiled) line.end("  kernels: compiled for this processor");
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    line.end(`  kernels: training will be slower without them: ${error.message}`);
  }
}

type Tools = Required<Pick<NativeOptions, "wheel" | "python" | "check" | "line">> & {
  compiler: string;
};

/** The steps, under the lock. */
async function make(variant: NativeVariant, home: string, tools: Tools): Promise<void> {
  const { wheel, python, compiler, check, line } = tools;
  const staging = `${home}.staging`, keep = join(staging, "whole");
  const work = join(staging, `work-${crypto.randomUUID().slice(0, 8)}`);
  const staged = join(work, "home");
  try {
    await removeUnfinished(staging, keep);
    await Deno.mkdir(staged, { recursive: true });
    await installPackages(SOURCES, (text) => line.end(text));
    line.end(
      `Setting up native TensorFlow ${TENSORFLOW_VERSION} (${variant}) in "${home}": ` +
        `download ${formatBytes(wheel.bytes)}${variant === "gpu" ? " and 3.3 GB of CUDA" : ""}`,
    );
    const path = await downloadWheel(wheel, { python, keep, work, line });
    line.end(`  libtensorflow: ${formatBytes(wheel.bytes)} downloaded and verified`);
    await unpackWheel(path, staged, { python, wheel, line });
    if (variant === "gpu") await installCuda(staged, work, tools);
    line.update("Compiling the addon of @tensorflow/tfjs-node (10 s)");
    await buildAddon(staged, wheel.libraries, compiler);
    line.update("Checking that TensorFlow computes");
    await check(join(staged, "tfjs_binding.node"));
    const files = await describeFiles(staged, wheel.libraries);
    const record: NativeRecord = { tensorflow: TENSORFLOW_VERSION, variant, files };
    await writeFileAtomic(join(staged, "ready.json"), JSON.stringify(record) + "\n");
    await replaceFolder(staged, home, work);
    await Deno.remove(staging, { recursive: true });
    line.end("  addon: compiled, loaded, computes");
  } catch (error) {
    line.end();
    await removeUnfinished(staging, keep);
    throw error;
  }
}

/** Sizes and hashes of what will be loaded. */
async function describeFiles(
  home: string,
  libraries: readonly string[],
): Promise<NativeRecord["files"]> {
  const files: NativeRecord["files"] = {};
  for (const name of ["tfjs_binding.node", ...libraries.map((file) => join("tensorflow", file))]) {
    const path = join(home, name);
    files[name] = { bytes: (await Deno.stat(path)).size, sha256: await fileSha256(path) };
  }
  return files;
}

/** The CUDA libraries beside `tensorflow/`, where its libraries look for them. */
async function installCuda(home: string, work: string, tools: Tools): Promise<void> {
  const { python, line } = tools;
  const result = await watchFolder(
    work,
    line,
    (bytes) => `Installing the CUDA libraries (3.3 GB): ${formatBytes(bytes)} unpacked`,
    runPip(python, [
      ...["install", "--no-deps", "--only-binary=:all:", "--no-warn-script-location"],
      ...["--target", home, "-r", CUDA_LIST],
    ], join(work, "tmp")),
  );
  if (result.code !== 0) throw pipError("install the CUDA libraries (3.3 GB)", result.stderr);
  line.end("  CUDA libraries: installed");
}

/** Empties the staging folder except for whole downloads. */
async function removeUnfinished(staging: string, keep: string): Promise<void> {
  for (const name of await namesIn(staging)) {
    const path = join(staging, name);
    if (path !== keep) await Deno.remove(path, { recursive: true }).catch(() => {});
  }
  await Deno.remove(staging).catch(() => {}); // if it is empty now
}

/** Puts a finished folder in place of what may be there, by renaming. */
async function replaceFolder(from: string, to: string, work: string): Promise<void> {
  if (await exists(to)) await Deno.rename(to, join(work, "old"));
  await Deno.rename(from, to);
}
