import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { dirname, fromFileUrl, join, relative } from "@std/path";
import { runCommand } from "ser/setup/command.ts";
import {
  codeVersion,
  hashOfFiles,
  madeBy,
  modulesOf,
  trainingFiles,
} from "ser/support/code_version.ts";
import { filesBelow, PROJECT_ROOT } from "ser/support/files.ts";

/** A project of two modules and a kernel. */
async function project(): Promise<string> {
  const root = await Deno.makeTempDir({ prefix: "ser-test-" });
  const files = {
    "training/runs.ts": 'import { x } from "../x.ts";\nimport type { Y } from "../y.ts";\n',
    "x.ts": "export const x = 1;\n",
    "y.ts": "export type Y = 1;\n",
    "backend/kernels/z.cc": "int z;\n",
  };
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(root, "lib", name)), { recursive: true });
    await Deno.writeTextFile(join(root, "lib", name), text);
  }
  return root;
}

/** Runs git in a folder, with a name for the commits. */
async function git(root: string, ...args: string[]): Promise<string> {
  const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
  return (await runCommand(["git", ...who, ...args], { cwd: root })).stdout.trim();
}

Deno.test("hashOfFiles() hashes names and contents", async () => {
  const root = await Deno.makeTempDir({ prefix: "ser-test-" });
  await Deno.mkdir(join(root, "b"));
  await Deno.writeTextFile(join(root, "a.ts"), "22");
  await Deno.writeTextFile(join(root, "b", "x.ts"), "1");
  const expected = createHash("sha256").update("a.ts\n2\n22b/x.ts\n1\n1").digest("hex");
  strictEqual(await hashOfFiles(await filesBelow(root), root), expected);
  await Deno.rename(join(root, "a.ts"), join(root, "c.ts"));
  notStrictEqual(await hashOfFiles(await filesBelow(root), root), expected);
});

/** The same by Deno itself: the modules that an entry imports for their values. */
async function modulesByDeno(entry: string): Promise<string[]> {
  const { stdout } = await runCommand([Deno.execPath(), "info", "--json", entry], {
    cwd: PROJECT_ROOT,
  });
  type Module = { specifier: string; dependencies?: { code?: { specifier?: string } }[] };
  const { roots, modules }: { roots: string[]; modules: Module[] } = JSON.parse(stdout);
  const known = new Map(modules.map((module) => [module.specifier, module]));
  const found = new Set<string>(), open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || !known.has(name)) continue;
    found.add(name);
    for (const { code } of known.get(name)!.dependencies ?? []) {
      if (code?.specifier) open.push(code.specifier);
    }
  }
  return [...found].filter((name) => name.startsWith("file:")).map(fromFileUrl)
    .filter((path) => !path.includes("std_path")) // stands in for a package
    .sort();
}

for (const entry of ["lib/training/runs.ts", "lib/mod.ts", "lib/features/extract.ts"]) {
  Deno.test(`modulesOf() finds the modules of ${entry} that Deno finds`, async () => {
    const found = await modulesOf(join(PROJECT_ROOT, entry));
    deepStrictEqual(found, await modulesByDeno(join(PROJECT_ROOT, entry)));
  });
}

Deno.test("trainingFiles() has what decides the numbers and nothing that shows them", async () => {
  const files = (await trainingFiles(PROJECT_ROOT)).map((path) => relative(PROJECT_ROOT, path));
  const deciding = ["training/adam", "training/fit", "dbn/rbm", "layers/dropout", "models/cnn"];
  for (const name of deciding) ok(files.includes(`lib/${name}.ts`), name);
  ok(files.includes("lib/corpora/protocols/speakers.ts") && files.some((f) => f.endsWith(".cc")));
  const shown = /^lib\/(site|demo|plots|notebook|views|tasks|sweep|evaluation|recognition|bench)\//;
  deepStrictEqual(files.filter((path) => shown.test(path) || path.endsWith(".css")), []);
});

Deno.test("codeVersion() changes with the code of a training and with no other", async () => {
  const root = await project(), lib = join(root, "lib"), { training } = await codeVersion(root);
  for (const name of ["y.ts", "styles.css", "backend/kernels/.hidden"]) {
    await Deno.writeTextFile(join(lib, name), "/* a comment */\n");
    strictEqual((await codeVersion(root)).training, training, name);
  }
  for (const name of ["x.ts", "training/runs.ts", "backend/kernels/z.cc"]) {
    const before = await Deno.readTextFile(join(lib, name));
    await Deno.writeTextFile(join(lib, name), `${before}// changed\n`);
    notStrictEqual((await codeVersion(root)).training, training, name);
    await Deno.writeTextFile(join(lib, name), before);
  }
  strictEqual((await codeVersion(root)).training, training);
});

Deno.test("madeBy() takes no result for one of this code that does not say so", () => {
  const present = { training: "1".repeat(64) };
  strictEqual(madeBy({ ...present, commit: "of another clone" }, present), true);
  strictEqual(madeBy({ training: "2".repeat(64) }, present), false);
  strictEqual(madeBy({ lib: "1".repeat(64) }, present), false);
  strictEqual(madeBy(undefined, present), false);
  strictEqual(madeBy({ lib: "1" }, { lib: "1" }), false);
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
    await Deno.writeTextFile(join(root, "lib", "x.ts"), "changed");
    const changed = await codeVersion(root);
    strictEqual(changed.commit, first.commit);
    notStrictEqual(changed.training, first.training);
    await Deno.mkdir(join(root, "inside"));
    await Deno.rename(join(root, "lib"), join(root, "inside", "lib"));
    strictEqual((await codeVersion(join(root, "inside"))).commit, undefined);
  },
});
