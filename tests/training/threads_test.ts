import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { hasKernels } from "ser/backend/kernels.ts";
import { loadBackend } from "ser/backend/load.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

await loadBackend();

Deno.test({
  name: "fit() gives the same bits on any number of threads, and nearly the same without kernels",
  ignore: !hasKernels(),
  fn: async () => {
    const [one, two, five, without] = await Promise.all([
      run({ TF_NUM_INTRAOP_THREADS: "1" }),
      run({ TF_NUM_INTRAOP_THREADS: "2" }),
      run({ TF_NUM_INTRAOP_THREADS: "5" }),
      run({ SER_KERNELS: "off" }),
    ]);
    deepStrictEqual(two, one);
    deepStrictEqual(five, one);
    for (const [model, losses] of Object.entries(one)) {
      losses.forEach((loss, i) => {
        // six steps of Adam, which divides by the size of the gradient, let float32 rounding grow
        ok(Math.abs(loss - without[model][i]) < 1e-3, `${model}: ${loss} and ${without[model][i]}`);
      });
    }
  },
});

/** Trains in a process of its own. */
async function run(env: Record<string, string>): Promise<Record<string, number[]>> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", fromFileUrl(new URL("./short_runs.ts", import.meta.url))],
    cwd: PROJECT_ROOT,
    env: { NO_COLOR: "1", SER_BACKEND: "native", ...env },
  }).output();
  const [text, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  strictEqual(code, 0, errors);
  return JSON.parse(text);
}
