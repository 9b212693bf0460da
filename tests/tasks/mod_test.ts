import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { runCommand } from "ser/setup/command.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { TASKS } from "ser/tasks/table.ts";

const MOD = fromFileUrl(import.meta.resolve("ser/tasks/mod.ts"));
const config = JSON.parse(await Deno.readTextFile(join(PROJECT_ROOT, "deno.json")));
const task = (...args: string[]) =>
  runCommand([Deno.execPath(), "run", "-A", MOD, ...args], { cwd: PROJECT_ROOT });

Deno.test("a wrong task, or none, gets the list of tasks", async () => {
  const wrong = await task("papers");
  strictEqual(wrong.code, 2);
  match(
    wrong.stderr,
    /^There is no task "papers" \(did you mean "paper"\?\)\.\n\nUsage: deno task NAME/,
  );
  const none = await task();
  strictEqual(none.code, 2);
  const listed = [...none.stdout.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name);
  deepStrictEqual(listed.sort(), Object.keys(config.tasks).sort());
});

Deno.test("deno.json and README say of each task what the table says", async () => {
  const readme = await Deno.readTextFile(join(PROJECT_ROOT, "README.md"));
  const rows = [...readme.matchAll(/^\| `deno task (\w+).*?` +\| (.*?) +\|$/gm)];
  deepStrictEqual(rows.map(([, name]) => name), Object.keys(TASKS));
  for (const [, name, about] of rows) {
    strictEqual(about, TASKS[name].about);
    const sentence = TASKS[name].about;
    strictEqual(config.tasks[name].description, sentence[0].toUpperCase() + sentence.slice(1));
  }
});

for (const name of Object.keys(config.tasks)) {
  Deno.test(`deno task ${name} --help tells its usage`, async () => {
    const [, ...command] = config.tasks[name].command.split(" ");
    const { code, stdout } = await runCommand([Deno.execPath(), ...command, "--help"], {
      cwd: PROJECT_ROOT,
    });
    strictEqual(code, 0);
    match(stdout, new RegExp(`^Usage: deno task ${name} ?`));
  });
}

Deno.test("a wrong option gets exit status 2 and points to the help", async () => {
  const { code, stderr } = await task("setup", "--gpus");
  strictEqual(code, 2);
  match(stderr, /Unknown option '--gpus' \(did you mean "--gpu"\?\)\nSee: deno task setup --help/);
});

Deno.test("deno task setup without any tool says what is missing", async () => {
  const cache = await Deno.makeTempDir();
  const command = [Deno.execPath(), "run", "-A", MOD, "setup"];
  const env = { PATH: cache, SER_CACHE: cache, INIT_CWD: PROJECT_ROOT };
  const { code, stderr } = await runCommand(command, { cwd: PROJECT_ROOT, env });
  strictEqual(code, 1);
  match(stderr, /^Features in C\+\+: .*\nCannot run "setup": no Python 3\.10 or later with pip/);
  deepStrictEqual([...Deno.readDirSync(cache)], []);
  await Deno.remove(cache, { recursive: true });
});
