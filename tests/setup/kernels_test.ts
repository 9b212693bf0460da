import { deepStrictEqual, equal, match } from "node:assert/strict";
import { join } from "@std/path";
import { setUpFeatureKernels } from "ser/setup/kernels.ts";
import { LiveLine } from "ser/notebook/live.ts";
import { SetupError } from "ser/support/setup_error.ts";

/** Sets up in a folder with a stand-in for the compiler, a shell script. */
async function setUp(folder: string, compiler: string | undefined) {
  const said: string[] = [], path = join(folder, "compiler");
  if (compiler) await Deno.writeTextFile(path, `#!/bin/sh\n${compiler}\n`, { mode: 0o755 });
  const findCompiler = () =>
    compiler ? Promise.resolve(path) : Promise.reject(new SetupError("no C++ compiler"));
  const line = new LiveLine({ terminal: false, write: (text) => said.push(text) });
  const home = join(folder, "home");
  const made = await setUpFeatureKernels({ home, findCompiler, line });
  const names = await Array.fromAsync(Deno.readDir(home)).catch(() => []);
  return { made, said: said.join(""), left: names.map(({ name }) => name) };
}

function test(name: string, use: (folder: string) => Promise<void>): void {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await use(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

// the path after -o is the last argument
const COMPILES = 'for last; do :; done; echo library > "$last"';

test("setUpFeatureKernels() compiles once", async (folder) => {
  const first = await setUp(folder, COMPILES);
  equal(first.made, true);
  match(first.left.join(), /^ser_features_[0-9a-f]{16}\.so$/);
  const second = await setUp(folder, undefined);
  deepStrictEqual(second, { made: false, said: "", left: first.left });
});

test("setUpFeatureKernels() says why it does not compile, and leaves nothing", async (folder) => {
  const failed = await setUp(folder, `${COMPILES}; echo "no such instruction" >&2; exit 1`);
  equal(failed.made, false);
  match(failed.said, /slower without them: cannot compile ".*kernels":\n {4}no such instruction/);
  deepStrictEqual(failed.left, []);
  match((await setUp(folder, undefined)).said, /slower without them: no C\+\+ compiler/);
  equal((await setUp(folder, COMPILES)).made, true);
});
