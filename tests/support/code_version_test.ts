import { deepStrictEqual, notStrictEqual, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "@std/path";
import { runCommand } from "ser/setup/command.ts";
import { codeVersion } from "ser/support/code_version.ts";

/** A project of two files. */
async function project(): Promise<string> {
  const root = await Deno.makeTempDir({ prefix: "ser-test-" });
  await Deno.mkdir(join(root, "lib", "b"), { recursive: true });
  await Deno.writeTextFile(join(root, "lib", "b", "x.ts"), "1");
  await Deno.writeTextFile(join(root, "lib", "a.ts"), "22");
  return root;
}

/** Runs git in a folder, with a name for the commits. */
async function git(root: string, ...args: string[]): Promise<string> {
  const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
  return (await runCommand(["git", ...who, ...args], { cwd: root })).stdout.trim();
}

Deno.test("codeVersion() hashes names and contents of lib/ in order", async () => {
  const root = await project();
  const expected = createHash("sha256").update("a.ts\n2\n22b/x.ts\n1\n1").digest("hex");
  deepStrictEqual(await codeVersion(root), { lib: expected });
  await Deno.writeTextFile(join(root, "README.md"), "no code");
  await Deno.mkdir(join(root, "lib", "__pycache__"));
  await Deno.writeTextFile(join(root, "lib", "__pycache__", "x.pyc"), "no code");
  strictEqual((await codeVersion(root)).lib, expected);
  await Deno.rename(join(root, "lib", "a.ts"), join(root, "lib", "c.ts"));
  notStrictEqual((await codeVersion(root)).lib, expected);
});

const haveGit = (await runCommand(["git", "--version"])).code === 0;
Deno.test({
  name: "codeVersion() knows the commit of its own checkout and of no other",
  ignore: !haveGit,
  fn: async () => {
    const root = await project();
    await git(root, "init", "--quiet");
    strictEqual((await codeVersion(root)).commit, undefined); // nothing is committed
    await git(root, "add", ".");
    await git(root, "commit", "--quiet", "--message", "first");
    const first = await codeVersion(root);
    strictEqual(first.commit, await git(root, "rev-parse", "HEAD"));
    await Deno.writeTextFile(join(root, "lib", "a.ts"), "changed");
    const changed = await codeVersion(root);
    strictEqual(changed.commit, first.commit);
    notStrictEqual(changed.lib, first.lib);
    await Deno.mkdir(join(root, "inside", "lib"), { recursive: true });
    strictEqual((await codeVersion(join(root, "inside"))).commit, undefined);
  },
});
