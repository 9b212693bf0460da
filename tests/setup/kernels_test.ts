import { deepStrictEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { FEATURE_KERNELS } from "ser/features/kernels.ts";
import { LiveLine } from "ser/notebook/live.ts";
import { setUpFeatureKernels } from "ser/setup/kernels.ts";
import { findLibrary } from "ser/support/compiled.ts";

/** Sets up in a folder with a stand-in for the compiler, a shell script. */
async function setUp(folder: string, compiler: string | undefined) {
  const said: string[] = [], path = join(folder, compiler ? "compiler" : "none");
  const script = `#!/bin/sh\n[ "$1" = --version ] && exit\n${compiler}\n`;
  if (compiler) await Deno.writeTextFile(path, script, { mode: 0o755 });
  const line = new LiveLine({ terminal: false, write: (text) => said.push(text) });
  const home = join(folder, "home");
  const made = await setUpFeatureKernels({ home, compilers: [path], line });
  const names = (await Array.fromAsync(Deno.readDir(home))).map(({ name }) => name).sort();
  return { made, said: said.join(""), left: names.filter((name) => name !== "ser_features.lock") };
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
const COMPILES = 'for last; do :; done; echo "a library" > "$last"';
const NAME = /^ser_features_[0-9a-f]{16}_[0-9a-f]{16}_[0-9a-f]{16}\.so$/;

test("setUpFeatureKernels() compiles once", async (folder) => {
  const first = await setUp(folder, COMPILES);
  equal(first.made, true);
  equal(first.left.length, 1);
  match(first.left[0], NAME);
  // without a compiler, what it compiled serves on
  deepStrictEqual(await setUp(folder, undefined), { made: false, said: "", left: first.left });
});

test("setUpFeatureKernels() says why it does not compile, and leaves nothing", async (folder) => {
  const failed = await setUp(folder, `${COMPILES}; echo "no such instruction" >&2; exit 1`);
  equal(failed.made, false);
  match(failed.said, /slower without them: cannot compile ".*kernels":\n {4}no such instruction/);
  deepStrictEqual(failed.left, []);
  match((await setUp(folder, undefined)).said, /slower without them: no C\+\+ compiler/);
  equal((await setUp(folder, COMPILES)).made, true);
});

test("a library that is cut, empty or has one other bit is found out and compiled anew", async (folder) => {
  const { left: [name] } = await setUp(folder, COMPILES);
  const home = join(folder, "home"), path = join(home, name), whole = await Deno.readFile(path);
  equal(await findLibrary(FEATURE_KERNELS, home), path);
  for (const damaged of [whole.slice(0, 5), new Uint8Array(), whole.with(3, whole[3] ^ 1)]) {
    await Deno.writeFile(path, damaged);
    await rejects(findLibrary(FEATURE_KERNELS, home), { message: `"${path}" is damaged` });
    const again = await setUp(folder, COMPILES);
    equal(again.made, true);
    equal(again.left.length, 1);
    equal(await findLibrary(FEATURE_KERNELS, home), join(home, again.left[0]));
    await Deno.rename(join(home, again.left[0]), path); // the stand-in has a new time each time
  }
});

test("another compiler compiles anew, in place of what the other left", async (folder) => {
  const [first] = (await setUp(folder, COMPILES)).left;
  const second = await setUp(folder, COMPILES.replace("a library", "another library"));
  equal(second.made, true);
  equal(second.left.length, 1);
  notEqual(second.left[0], first);
});

test("what a killed set-up left is removed, what a living one writes is not", async (folder) => {
  const home = join(folder, "home"), old = join(home, "ser_features_0123456789abcdef.so.01234567");
  const young = old.replace(/7$/, "8");
  await Deno.mkdir(join(home, "ser_features.compiling"), { recursive: true });
  await Deno.writeTextFile(join(home, "ser_features.compiling", "cc1.s"), "");
  for (const path of [old, young]) await Deno.writeTextFile(path, "");
  const hours = (n: number) => new Date(Date.now() - n * 3_600_000);
  await Deno.utime(old, hours(2), hours(2)); // of an earlier version's set-up
  const { left } = await setUp(folder, COMPILES);
  deepStrictEqual(left.filter((name) => !NAME.test(name)), [
    "ser_features_0123456789abcdef.so.01234568",
  ]);
});
