/** Whether a graphics card answers that the CUDA build can compute on. @module */

/** Names of the driver's library, on Linux and under WSL. */
const DRIVERS = ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"];

let answer: boolean | undefined;

/**
 * Asks NVIDIA's driver for its cards, as `CUDA_VISIBLE_DEVICES` lets them be seen; once for the process.
 * @example Usage
 * ```ts
 * import { cardAnswers } from "ser/backend/card.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(typeof cardAnswers(), "boolean");
 * ```
 */
export function cardAnswers(): boolean {
  return answer ??= DRIVERS.some((driver) => countCards(driver) > 0);
}

function countCards(driver: string): number {
  try {
    const { symbols } = Deno.dlopen(driver, {
      cuInit: { parameters: ["u32"], result: "i32" },
      cuDeviceGetCount: { parameters: ["buffer"], result: "i32" },
    }); // stays open: TensorFlow uses it, too
    const count = new Int32Array(1);
    const failed = symbols.cuInit(0) || symbols.cuDeviceGetCount(new Uint8Array(count.buffer));
    return failed ? 0 : count[0];
  } catch {
    return 0; // no driver
  }
}
