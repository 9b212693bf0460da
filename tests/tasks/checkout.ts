/** A fresh clone of the project as it is in the working tree, to run commands in. @module */
import { dirname, join } from "@std/path";
import { runCommand } from "ser/setup/command.ts";
import { setUpPython } from "ser/setup/python.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

/** A clone. */
export interface Checkout {
  /** Its folder. */
  root: string;
  /** Starts a task in it. */
  start(...args: string[]): Deno.ChildProcess;
  /** Runs a task in it to its end. */
  task(...args: string[]): Promise<Deno.CommandOutput>;
  /** What git says has changed, a line each. */
  changed(): Promise<string>;
  /** Removes it. */
  remove(): Promise<void>;
}

/** The folder of a checkout for temporary files, out of git's sight. */
export const TEMPORARY = join(".git", "temporary");

async function git(cwd: string, ...args: string[]): Promise<string> {
  const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
  const { code, stdout, stderr } = await runCommand(["git", ...who, ...args], { cwd });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

/** Makes one; packages and Python environment are those of the project. */
export async function makeCheckout(): Promise<Checkout> {
  const root = await Deno.makeTempDir({ prefix: "ser-test-clone-" });
  const listed = await git(PROJECT_ROOT, "ls-files", "-z", "-co", "--exclude-standard");
  for (const name of listed.split("\0").filter(Boolean)) {
    await Deno.mkdir(dirname(join(root, name)), { recursive: true });
    await Deno.copyFile(join(PROJECT_ROOT, name), join(root, name)).catch(() => {}); // deleted, not yet committed
  }
  await git(root, "init", "--quiet");
  await git(root, "add", "--all");
  await git(root, "commit", "--quiet", "--message", "as in the working tree");
  await Deno.mkdir(join(root, TEMPORARY));
  await setUpPython("notebook");
  for (const name of ["node_modules", ".venv"]) {
    await Deno.symlink(join(PROJECT_ROOT, name), join(root, name));
  }
  await Deno.writeTextFile(join(root, ".git", "info", "exclude"), "/node_modules\n/.venv\n"); // as links
  const command = (args: string[]) =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "lib/tasks/mod.ts", ...args],
      cwd: root,
      env: { TMPDIR: join(root, TEMPORARY), INIT_CWD: root },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
  return {
    root,
    start: (...args) => command(args).spawn(),
    task: (...args) => command(args).output(),
    changed: () => git(root, "status", "--porcelain"),
    remove: () => Deno.remove(root, { recursive: true }),
  };
}
