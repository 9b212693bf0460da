import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { runCommand } from "ser/setup/command.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

const MOD = fromFileUrl(import.meta.resolve("ser/tasks/mod.ts"));
const SOUND = join(PROJECT_ROOT, "data", "emodb", "03a01Fa.flac");

/** Runs a task, with variables on top of ours. */
const task = (args: string[], env: Record<string, string> = {}) =>
  runCommand([Deno.execPath(), "run", "-A", MOD, ...args], {
    cwd: PROJECT_ROOT,
    env: { NO_COLOR: "1", INIT_CWD: PROJECT_ROOT, ...env },
  });

/** Asserts that a task ended with one sentence, without a trace. */
function isSentence({ code, stderr }: { code: number; stderr: string }, sentence: RegExp): void {
  const said = stderr.trim().split("\n");
  strictEqual(code, 1, stderr);
  match(said.at(-1)!, sentence);
  ok(!/Uncaught|^ +at /m.test(stderr), stderr);
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a wrong SER_BACKEND is one sentence, with SER_DEBUG=1 a trace", async () => {
  const args = ["predict", SOUND], env = { SER_BACKEND: "bogus", SER_KERNELS: "off" };
  const sentence = /^Cannot load a back end: expected SER_BACKEND .*, received "bogus"$/;
  isSentence(await task(args, env), sentence);
  match((await task(args, { ...env, SER_DEBUG: "1" })).stderr, /^ +at /m);
});

Deno.test("without a home folder, and with a cache that cannot be written, it is one sentence", async () => {
  const home = { HOME: "", USERPROFILE: "", XDG_CACHE_HOME: "", SER_CACHE: "" };
  const env = { ...home, DENO_DIR: Deno.env.get("DENO_DIR") ?? denoDir() };
  isSentence(await task(["setup"], env), /^Cannot find a cache folder: .*; set SER_CACHE to/);
  const nowhere = await task(["setup"], { SER_CACHE: "/proc/nowhere" });
  isSentence(nowhere, /^Cannot run "setup": .*\/proc\/nowhere/);
});

/** Where Deno keeps its packages. */
const denoDir = (): string =>
  JSON.parse(new TextDecoder().decode(
    new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).outputSync().stdout,
  )).denoDir;

Deno.test("an error that nobody caught, in a promise or an event, is one sentence", async () => {
  for (const fault of ["Promise.reject(error)", "setTimeout(() => { throw error; })"]) {
    const program = `import { runMain } from "ser/tasks/mod.ts";
      const error = new TypeError("x is not a function");
      await runMain("data", () => { ${fault}; return new Promise((r) => setTimeout(r, 9999)); });`;
    const run = await runCommand([Deno.execPath(), "eval", "--quiet", program], {
      cwd: PROJECT_ROOT,
      env: { NO_COLOR: "1" },
    });
    isSentence(run, /^Cannot run "data": x is not a function; SER_DEBUG=1 shows where$/);
  }
});

Deno.test("a closed standard output ends a command without a word", async () => {
  const program = `import { runMain } from "ser/tasks/mod.ts";
    await runMain("data", async () => {
      for (let i = 0; i < 100_000; i++) console.log(String(i));
      console.error("went on");
      return 0;
    });`;
  const run = await runCommand([
    "sh",
    "-c",
    '"$0" eval --quiet "$1" | head -n 1',
    Deno.execPath(),
    program,
  ], {
    cwd: PROJECT_ROOT,
  });
  deepStrictEqual(run, { code: 0, stdout: "0\n", stderr: "" });
});

Deno.test("a full disk below standard output is one sentence", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  const command = ["sh", "-c", '"$0" run -A "$1" setup --help >/dev/full', Deno.execPath(), MOD];
  isSentence(
    await runCommand(command, { cwd: PROJECT_ROOT, env: { NO_COLOR: "1" } }),
    /^Cannot run "setup": No space left on device; free some space and run again/,
  );
});

Deno.test("standard output is whole JSON without g++, Python and any compiled library", async () => {
  await inFolder(async (folder) => {
    const env = { PATH: folder, SER_CACHE: join(folder, "cache") };
    for (const name of ["features", "predict"]) {
      const { code, stdout, stderr } = await task([name, SOUND, "--json"], env);
      strictEqual(code, 0, stderr);
      strictEqual(JSON.parse(stdout).file, SOUND); // one object, and nothing beside it
    }
  });
});

Deno.test("empty and non-numeric numbers, and near words, are told before anything is loaded", async () => {
  const cases = [
    [["train", "--set", "dropout="], /Expected --set OPTION=VALUE, received "dropout="/],
    [["train", "--seed="], /Expected a value after --seed/],
    [["train", "--seed", "three"], /Expected --seed to be a whole number, received "three"/],
    [["train", "--epochs", " "], /Expected --epochs to be a whole number from 1, received " "/],
    [["sweep", "--epochs", "x", "--plan"], /Expected --epochs to be a whole number from 1/],
    [["demo", "--port", "x"], /Expected --port to be a port from 1 to 65535, received "x"/],
    [["predict", "--model", "lstm-atn", SOUND], /\(did you mean "lstm"\?\)|lstm-attention/],
    [["paper", "lstn"], /There is no notebook "lstn" \(did you mean "lstm"\?\)/],
    [["train", "--corpus", "emo-db"], /received "emo-db" \(did you mean "emodb"\?\)/],
    [["train", "--split", "speakers"], /received "speakers"/],
  ] as const;
  for (const [args, sentence] of cases) {
    const { code, stderr } = await task([...args]);
    strictEqual(code, 2, `${args}: ${stderr}`);
    match(stderr, sentence);
  }
});
