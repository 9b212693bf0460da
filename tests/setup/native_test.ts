import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { damagedFile, readNativeRecord } from "ser/backend/home.ts";
import { SetupError } from "ser/support/setup_error.ts";
import { exists } from "ser/support/files.ts";
import { fakeSetUp, type FakeTools, makeFakeTools, type Stage } from "./fake_tools.ts";

const linux = Deno.build.os === "linux";

function test(name: string, body: (tools: FakeTools) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !linux, // the stand-ins copy ELF files
    fn: async () => {
      const tools = await makeFakeTools();
      try {
        await body(tools);
      } finally {
        await Deno.remove(tools.folder, { recursive: true });
      }
    },
  });
}

async function left(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (name.startsWith("home")) names.push(name);
  }
  return names.sort();
}

test("setUpNative() makes everything once and leaves nothing beside it", async (tools) => {
  const { made, said } = await fakeSetUp(tools.folder);
  strictEqual(made, true);
  match(said[0], /^Setting up native TensorFlow .* in ".*home": download \d+ kB\n$/);
  // the second compile is that of the project's own operations
  deepStrictEqual(await tools.calls(), ["download", "unpack", "compile", "compile"]);
  deepStrictEqual(await left(tools.folder), ["home", "home.lock"]);
  strictEqual((await readNativeRecord(join(tools.folder, "home")))?.variant, "cpu");
  strictEqual((await fakeSetUp(tools.folder)).made, false);
  strictEqual((await tools.calls()).length, 4);
});

for (const stage of ["download", "unpack", "compile"] as const) {
  test(`setUpNative() killed in the step "${stage}" leaves nothing that is taken for whole`, async (tools) => {
    await killIn(stage, tools);
    strictEqual(await exists(join(tools.folder, "home")), false);
    await tools.hang(stage, false);
    strictEqual((await fakeSetUp(tools.folder)).made, true);
    const downloads = (await tools.calls()).filter((call) => call === "download").length;
    strictEqual(downloads, stage === "download" ? 2 : 1); // a whole wheel is used again
    deepStrictEqual(await left(tools.folder), ["home", "home.lock"]);
  });
}

/** Starts a set-up in another process and kills it in the middle of a step. */
async function killIn(stage: Stage, tools: FakeTools): Promise<void> {
  await tools.hang(stage, true);
  const script = fromFileUrl(new URL("./fake_tools.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", script, tools.folder],
    stdout: "null",
  }).spawn();
  while (!(await tools.calls()).includes(stage)) await new Promise((r) => setTimeout(r, 20));
  child.kill("SIGKILL");
  await child.status;
  await tools.killHanging();
}

test("setUpNative() at the same time twice: the second waits and finds it done", async (tools) => {
  await tools.hang("compile", true);
  const first = fakeSetUp(tools.folder);
  while (!(await tools.calls()).includes("compile")) await new Promise((r) => setTimeout(r, 20));
  const second = fakeSetUp(tools.folder);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await tools.hang("compile", false);
  await tools.killHanging(); // the compiler failed: the first set-up fails, the second goes on
  await rejects(first, SetupError);
  const { made, said } = await second;
  strictEqual(made, true);
  match(said[0], /^Another set-up is running \(process \d+\): waiting/);
  strictEqual((await tools.calls()).filter((call) => call === "download").length, 1);
});

test("setUpNative() refuses a damaged download and keeps nothing of it", async (tools) => {
  await rejects(
    fakeSetUp(tools.folder, { sha256: "0".repeat(64) }),
    /the download of tiny .* is damaged: expected SHA-256 0+, received [0-9a-f]{64}; run again/,
  );
  strictEqual((await fakeSetUp(tools.folder)).made, true);
  strictEqual((await tools.calls()).filter((call) => call === "download").length, 2);
});

test("setUpNative() keeps the wheel when the addon does not work", async (tools) => {
  const check = () => Promise.reject(new SetupError("the TensorFlow addon does not work"));
  await rejects(fakeSetUp(tools.folder, { check }), SetupError);
  strictEqual(await exists(join(tools.folder, "home")), false);
  await fakeSetUp(tools.folder);
  strictEqual((await tools.calls()).filter((call) => call === "download").length, 1);
});

test("setUpNative() checks the disk before it downloads", async (tools) => {
  await rejects(fakeSetUp(tools.folder, { free: 1e9 }), /need 1\.6 GB at .* found 1\.0 GB/);
  deepStrictEqual(await tools.calls(), []);
});

test("setUpNative() makes a damaged build anew", async (tools) => {
  await fakeSetUp(tools.folder);
  const addon = join(tools.folder, "home", "tfjs_binding.node");
  await Deno.truncate(addon, 100);
  const home = join(tools.folder, "home"), record = (await readNativeRecord(home))!;
  strictEqual(await damagedFile(home, record), addon);
  strictEqual((await fakeSetUp(tools.folder)).made, true);
  ok((await Deno.stat(addon)).size > 100);
  strictEqual(await damagedFile(home, record, true), undefined);
});

test("damagedFile() finds what is cut, empty, gone, or has one other bit", async (tools) => {
  await fakeSetUp(tools.folder);
  const home = join(tools.folder, "home"), record = (await readNativeRecord(home))!;
  deepStrictEqual(Object.keys(record.files).length, 3);
  for (const name of Object.keys(record.files)) {
    const path = join(home, name), whole = await Deno.readFile(path);
    const flipped = whole.slice();
    flipped[whole.length >> 1] ^= 1;
    for (const damaged of [whole.slice(0, whole.length >> 1), new Uint8Array(), flipped]) {
      await Deno.writeFile(path, damaged);
      strictEqual(await damagedFile(home, record), path);
    }
    await Deno.remove(path);
    strictEqual(await damagedFile(home, record), path);
    await Deno.writeFile(path, whole);
  }
  strictEqual(await damagedFile(home, record), undefined);
});
