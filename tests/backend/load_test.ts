import { match, ok, strictEqual } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { nativeHome, TENSORFLOW_VERSION } from "ser/backend/home.ts";
import { type BackendName, loadBackend } from "ser/backend/load.ts";
import { runCommand } from "ser/setup/command.ts";
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
  fn: () =>
    inCache(async (cache) => {
      const home = join(cache, nativeHome("cpu").split("/").at(-1)!);
      await Deno.mkdir(join(home, "tensorflow"), { recursive: true });
      const files = { "tfjs_binding.node": { bytes: 12, sha256: "of another one" } };
      const record = { tensorflow: TENSORFLOW_VERSION, variant: "cpu", files };
      await Deno.writeTextFile(join(home, "ready.json"), JSON.stringify(record));
      await Deno.writeTextFile(join(home, "tfjs_binding.node"), "not an addon");
      const { line } = await step({ SER_CACHE: cache });
      match(
        line,
        /native failed to load \(".*tfjs_binding.node" is damaged\); run "deno task setup" to mend it/,
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

Deno.test({
  name: `TensorFlow's own log lines do not reach the reader${native ? "" : ": no native build"}`,
  ignore: !native,
  fn: async () => strictEqual((await run({ TF_CPP_MIN_LOG_LEVEL: "1" })).stderr, ""),
});

Deno.test("withoutLogLines() drops log lines alone, and gives standard error back", async () => {
  const program = `import { withoutLogLines } from "ser/backend/quiet.ts";
    await withoutLogLines(() => {
      console.error("WARNING: All log messages before absl::InitializeLog() is called");
      console.error("I0000 00:00:1795900695.648225   18261 port.cc:153] oneDNN is on");
      console.error("2026-11-28 21:15:13.123456: I tensorflow/core/util/port.cc:153] oneDNN");
      console.error("E0000 00:00:1795900695.648225   18261 x.cc:1] an error");
      return Promise.reject(new RangeError("it failed"));
    }).catch((error) => console.error(error.message));`;
  const { stderr } = await runCommand([Deno.execPath(), "eval", "--quiet", program], {
    cwd: PROJECT_ROOT,
    env: { TF_CPP_MIN_LOG_LEVEL: "" },
  });
  strictEqual(stderr, "E0000 00:00:1795900695.648225   18261 x.cc:1] an error\nit failed\n");
});
