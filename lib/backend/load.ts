/** Chooses and loads the back end that TensorFlow.js computes with. @module */
import * as tf from "@tensorflow/tfjs";
import { readyVariants } from "./home.ts";
import { loadNative } from "./native.ts";
import { loadWasm } from "./wasm.ts";
import { findAdapter, loadWebgpu } from "./webgpu.ts";

/** The back ends, fastest first. */
export const BACKENDS = ["native", "webgpu", "wasm", "cpu"] as const;

/** One of the back ends. */
export type BackendName = typeof BACKENDS[number];

/** What runs, and why. */
export interface BackendReport {
  name: BackendName;
  /** Library and device, for example `"TensorFlow 2.21.0, CPU"`. */
  device: string;
  /** Why this one. */
  why: string;
  /** All of it in one line, with how to get a better one. */
  line: string;
}

/** Why a back end cannot be had, with what to do. */
class Unavailable extends Error {}

const LOADERS: Record<BackendName, () => Promise<string>> = {
  async native() {
    const [first, second] = await readyVariants();
    if (!first) throw new Unavailable('native TensorFlow is not set up; run "deno task setup"');
    if (!second) return await loadNative(first);
    return await loadNative(first).catch(() => loadNative(second));
  },
  async webgpu() {
    const adapter = await findAdapter();
    if (!adapter) throw new Unavailable("no WebGPU adapter found; install a Vulkan driver");
    return await loadWebgpu(adapter);
  },
  wasm: loadWasm,
  async cpu() {
    silenceBanner();
    await tf.setBackend("cpu");
    return "plain JavaScript, one thread";
  },
};

let loading: Promise<BackendReport> | undefined;

/**
 * Loads the back end: the one that `SER_BACKEND` names, else the first that can be had of native
 * TensorFlow, WebGPU (on a real GPU), WebAssembly and plain JavaScript. Call it before the first
 * tensor; further calls return the first one's report.
 * @returns What runs, and why.
 * @throws {RangeError} If SER_BACKEND names none of the four.
 * @throws {Error} If the one that it names cannot be had; the message says what to do.
 * @example Usage
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { loadBackend } from "ser/backend/load.ts";
 * import { ok, strictEqual } from "node:assert/strict";
 * const { line } = await loadBackend();
 * ok(line.startsWith("Back end: "));
 * strictEqual(tf.add(1, 2).dataSync()[0], 3);
 * ```
 */
export function loadBackend(): Promise<BackendReport> {
  loading ??= chooseBackend().catch((error) => {
    loading = undefined; // so that a reader can mend the cause and call again
    throw error;
  });
  return loading;
}

async function chooseBackend(): Promise<BackendReport> {
  const wish = Deno.env.get("SER_BACKEND");
  if (wish) return await loadWished(wish);
  const missing: string[] = [];
  for (const name of BACKENDS) {
    if (name === "webgpu" && (await findAdapter())?.info.isFallbackAdapter) {
      missing.push("WebGPU has no GPU here, only software");
      continue;
    }
    try {
      const device = await LOADERS[name]();
      return report(name, device, missing.join("; ") || "the fastest there is");
    } catch (error) {
      missing.push(reason(name, error));
    }
  }
  throw new Error(`Cannot load a back end: ${missing.join("; ")}`);
}

async function loadWished(wish: string): Promise<BackendReport> {
  const name = BACKENDS.find((name) => name === wish);
  if (!name) {
    throw new RangeError(
      `Cannot load a back end: expected SER_BACKEND to be one of ${
        BACKENDS.join(", ")
      }, received "${wish}"`,
    );
  }
  try {
    return report(name, await LOADERS[name](), "SER_BACKEND asks for it");
  } catch (error) {
    throw new Error(
      `Cannot load the back end that SER_BACKEND asks for, "${name}": ${
        reason(name, error)
      }; unset SER_BACKEND to take the best one that works`,
      { cause: error },
    );
  }
}

function report(name: BackendName, device: string, why: string): BackendReport {
  return { name, device, why, line: `Back end: ${name} (${device}), because: ${why}` };
}

/** The error in one line, with what to do. */
function reason(name: BackendName, error: unknown): string {
  const message = String(error instanceof Error ? error.message : error).split("\n")[0];
  if (error instanceof Unavailable) return message;
  const remedy = name === "native" ? '; run "deno task setup" to mend it' : "";
  return `${name} failed to load (${message})${remedy}`;
}

/** Keeps tfjs from advertising tfjs-node on the cpu back end's first use. */
function silenceBanner(): void {
  const cpu = tf.findBackend("cpu") as unknown as { firstUse: boolean };
  cpu.firstUse = false;
}
