import { match, ok, strictEqual } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { nativeHome } from "ser/backend/home.ts";
import { type BackendName, loadBackend } from "ser/backend/load.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import type { OneStep } from "./one_step.ts";

const PROGRAM = fromFileUrl(new URL("./one_step.ts", import.meta.url));

/** Runs the program in a process of its own, where another back end can be loaded. */
async function run(env: Record<string, string>) {
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", PROGRAM],
    cwd: PROJECT_ROOT,
    env: { NO_COLOR: "1", SER_BACKEND: "", ...env },
  }).output();
  const [stdout, stderr] = [output.stdout, output.stderr].map((b) => new TextDecoder().decode(b));
  return { code: output.code, stdout, stderr };
}

async function step(env: Record<string, string>): Promise<OneStep> {
  const { code, stdout, stderr } = await run(env);
  strictEqual(code, 0, stderr);
  return JSON.parse(stdout); // nothing else was printed, no banner either
}

const native = await loadBackend().then(({ name }) => name === "native");

const inCache = async (test: (cache: string) => Promise<void>) => {
  const cache = await Deno.makeTempDir();
  await test(cache).finally(() => Deno.remove(cache, { recursive: true }));
};

/** Largest difference of two lists. */
const difference = (a: number[], b: number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i])));

Deno.test("loadBackend() reports the same back end each time, in one line", async () => {
  const report = await loadBackend();
  strictEqual(await loadBackend(), report);
  strictEqual(report.line, `Back end: ${report.name} (${report.device}), because: ${report.why}`);
  ok(!report.line.includes("\n"));
});

Deno.test("loadBackend() obeys SER_BACKEND, and the back ends agree on passes and gradients", async () => {
  const names: BackendName[] = native ? ["cpu", "wasm", "native"] : ["cpu", "wasm"];
  const reference = await step({ SER_BACKEND: "cpu" });
  for (const name of names) {
    const result = await step({ SER_BACKEND: name });
    strictEqual(result.name, name);
    match(result.line, /because: SER_BACKEND asks for it$/);
    ok(difference(result.probabilities, reference.probabilities) < 1e-5);
    ok(Math.abs(result.loss - reference.loss) < 1e-5);
    reference.gradients.forEach(([size, sum], weight) => {
      const off = difference(result.gradients[weight], [size, sum]);
      // float32 sums of up to 28,672 numbers; seen are 4e-6 of their size
      ok(off < 1e-5 * Math.max(1, size), `${name}, weight ${weight}: ${off} of ${size}`);
    });
  }
});

Deno.test("loadBackend() without the native build takes the next one and says how to get it", () =>
  inCache(async (cache) => {
    const { name, line } = await step({ SER_CACHE: cache });
    ok(name === "webgpu" || name === "wasm");
    match(line, /because: native TensorFlow is not set up; run "deno task setup"/);
  }));

Deno.test({
  name: "loadBackend() with a damaged native build takes the next one and says why",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inCache(async (cache) => {
      const home = join(cache, nativeHome("cpu").split("/").at(-1)!);
      await Deno.mkdir(join(home, "tensorflow"), { recursive: true });
      await Deno.writeTextFile(join(home, "ready.json"), "{}");
      await Deno.writeTextFile(join(home, "tfjs_binding.node"), "not an addon");
      const { line } = await step({ SER_CACHE: cache });
      match(
        line,
        /native failed to load \(".*tfjs_binding.node" is damaged\); run "deno task setup --again"/,
      );
    }),
});

Deno.test("loadBackend() refuses a back end that cannot be had, and a wrong word", () =>
  inCache(async (cache) => {
    const missing = await run({ SER_CACHE: cache, SER_BACKEND: "native" });
    strictEqual(missing.code, 1);
    match(
      missing.stderr,
      /Error: Cannot load the back end that SER_BACKEND asks for, "native": native TensorFlow is not set up; run "deno task setup"; unset SER_BACKEND/,
    );
    const wrong = await run({ SER_BACKEND: "cuda" });
    strictEqual(wrong.code, 1);
    match(
      wrong.stderr,
      /RangeError: Cannot load a back end: expected SER_BACKEND to be one of native, webgpu, wasm, cpu, received "cuda"/,
    );
  }));
