/** The native TensorFlow that `deno task setup` builds, loaded through tfjs-node. @module */
import * as tf from "@tensorflow/tfjs";
import { dirname, join } from "@std/path";
import { createRequire } from "node:module";
import util from "node:util";
import {
  addonPath,
  damagedFile,
  nativeHome,
  type NativeVariant,
  readNativeRecord,
} from "./home.ts";
import { loadKernels } from "./load_kernels.ts";
import { registerNativeGradients, registerNativeMatMul } from "./native_gradients.ts";
import { nativeBackend } from "./native_ops.ts";
import { withoutLogLines } from "./quiet.ts";

/**
 * Loads tfjs-node on one native build and makes it the back end.
 * @param variant A build that is ready.
 * @returns What runs, for example `"TensorFlow 2.21.0, CPU, own kernels"`.
 * @throws {Error} If the addon is damaged or its libraries do not load.
 */
export async function loadNative(variant: NativeVariant): Promise<string> {
  await checkFiles(variant);
  await linkAddon(variant);
  restoreNodeUtil();
  if (!Deno.env.has("TF_CPP_MIN_LOG_LEVEL")) Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "2");
  await withoutLogLines(async () => {
    if (variant === "gpu") await import("@tensorflow/tfjs-node-gpu");
    else await import("@tensorflow/tfjs-node");
    await tf.setBackend("tensorflow");
    await tf.ready();
  });
  registerNativeGradients();
  registerNativeMatMul();
  const { binding, isUsingGpuDevice } = nativeBackend()!;
  if (isUsingGpuDevice) return `TensorFlow ${binding.TF_Version}, CUDA`;
  const kernels = await loadKernels(nativeHome(variant));
  return `TensorFlow ${binding.TF_Version}, CPU${kernels ? ", own kernels" : ""}`;
}

/** Throws unless the build is as its set-up recorded it. */
async function checkFiles(variant: NativeVariant): Promise<void> {
  const home = nativeHome(variant), record = await readNativeRecord(home);
  if (!record) throw new Error(`"${home}" is of an earlier set-up`);
  const damaged = await damagedFile(home, record);
  if (damaged) throw new Error(`"${damaged}" is damaged`);
}

/**
 * Puts a link to the compiled addon where tfjs-node looks for it. It is made at every load, because
 * node_modules belongs to one clone and is made anew by Deno, the addon to the user's cache.
 */
async function linkAddon(variant: NativeVariant): Promise<void> {
  const name = variant === "gpu" ? "@tensorflow/tfjs-node-gpu" : "@tensorflow/tfjs-node";
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const link = join(dirname(manifest), "lib", "napi-v8", "tfjs_binding.node");
  const target = addonPath(variant);
  if (await Deno.readLink(link).catch(() => undefined) === target) return;
  await Deno.mkdir(dirname(link), { recursive: true });
  const fresh = `${link}.${crypto.randomUUID().slice(0, 8)}`;
  await Deno.symlink(target, fresh);
  await Deno.rename(fresh, link); // in one step: another process may be loading
}

/** tfjs-node 4.22 calls two functions that Deno's node:util no longer has. */
function restoreNodeUtil(): void {
  const old = util as unknown as Record<string, unknown>;
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
}
