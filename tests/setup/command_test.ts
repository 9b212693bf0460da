import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { findPython, lastLines, runCommand } from "ser/setup/command.ts";
import { findCompiler } from "ser/setup/addon.ts";
import { pipError } from "ser/setup/pip.ts";
import { SetupError } from "ser/support/setup_error.ts";

const DENO = Deno.execPath();

Deno.test("runCommand() keeps status and both outputs, and hands out whole lines", async () => {
  const lines: string[] = [];
  const program = "console.log('a\\nb'); console.error('c'); Deno.exit(3)";
  const result = await runCommand([DENO, "eval", program], { onLine: (line) => lines.push(line) });
  deepStrictEqual(result, { code: 3, stdout: "a\nb\n", stderr: "c\n" });
  deepStrictEqual(lines, ["a", "b"]);
});

Deno.test("runCommand() gives status 127 where there is no such program", async () => {
  const { code, stderr } = await runCommand(["no-such-program-here"]);
  strictEqual(code, 127);
  strictEqual(stderr, '"no-such-program-here" was not found');
});

Deno.test("lastLines() indents the end of a complaint", () => {
  strictEqual(lastLines("a\n\nb\nc\n", 2), "\n    b\n    c");
});

Deno.test("findPython() and findCompiler() say how to get what is missing", async () => {
  await rejects(findPython(["no-such-python"]), (error) => {
    match((error as Error).message, /^no Python 3\.10 or later with pip: "python3" was not found;/);
    match((error as Error).message, /sudo apt install python3 python3-pip/);
    return error instanceof SetupError;
  });
  await rejects(findCompiler(["no-such-compiler"]), /"g\+\+" was not found; .*apt install g\+\+/);
});

Deno.test("findPython() passes over an old one and one without pip", async () => {
  const folder = await Deno.makeTempDir();
  const fake = async (name: string, answer: string) => {
    await Deno.writeTextFile(join(folder, name), `#!/bin/sh\necho "${answer}"\n`, { mode: 0o755 });
    return join(folder, name);
  };
  const old = await fake("old", "3.9 True True"), bare = await fake("bare", "3.12 False True");
  const good = await fake("good", "3.14 True True");
  strictEqual(await findPython([old, bare, good]), good);
  await rejects(findPython([old, bare]), /old is Python 3\.9; .*bare has no pip; install it/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("pipError() tells a missing network from a full disk from anything else", () => {
  const say = (stderr: string) => pipError("download x", stderr).message;
  match(
    say("WARNING: ... NewConnectionError('... [Errno -2] Name or service not known')"),
    /no connection/,
  );
  match(say("OSError: [Errno 28] No space left on device"), /the disk is full/);
  strictEqual(say("ERROR: x"), "cannot download x: pip failed\n    ERROR: x");
});
