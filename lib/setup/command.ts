/** Running the tools that the set-up needs. @module */
import { linesOf } from "../support/lines.ts";
import { SetupError } from "../support/setup_error.ts";

/** What a command left behind. */
export interface CommandResult {
  /** Exit status. */
  code: number;
  /** Its standard output. */
  stdout: string;
  /** Its standard error. */
  stderr: string;
}

/** How to run a command. */
export interface CommandOptions {
  /** Working folder. */
  cwd?: string;
  /** Environment variables on top of the ones of this process. */
  env?: Record<string, string>;
  /** Called for each whole line of standard output as it comes. */
  onLine?: (line: string) => void;
}

/**
 * Runs a program in a process group of its own and ends the group when this process ends, in whatever
 * way: the watcher reads from a pipe that closes then. A compiler starts others, which alone would go on.
 */
const TIED =
  "exec 3<&0 </dev/null; { read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 & watcher=$!; " +
  '"$@" 3<&-; code=$?; kill -KILL $watcher; exit $code';

/**
 * Runs a command and keeps what it prints. It ends with this process.
 * @param command The program and its arguments.
 * @param options Folder and environment.
 * @returns Exit status and output; 127 and a message if there is no such program.
 * @example Usage
 * ```ts
 * import { runCommand } from "ser/setup/command.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual((await runCommand([Deno.execPath(), "eval", "console.log(6 * 7)"])).stdout, "42\n");
 * strictEqual((await runCommand(["no-such-program-here"])).code, 127);
 * ```
 */
export async function runCommand(
  command: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd, env, onLine } = options;
  const child = new Deno.Command("/bin/sh", {
    args: ["-c", TIED, "sh", ...command],
    ...{ cwd, env, detached: true, stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const [stdout, stderr, { code }] = await Promise.all([
    readText(child.stdout, onLine),
    new Response(child.stderr).text(),
    child.status,
  ]);
  await child.stdin.close().catch(() => {}); // open until now: its end would end the command
  const missing = code === 127 && /: (?:command )?not found\s*$/.test(stderr);
  return { code, stdout, stderr: missing ? `"${command[0]}" was not found` : stderr };
}

/** All text of a stream; whole lines are handed out as they come. */
async function readText(
  stream: ReadableStream<Uint8Array>,
  onLine?: (line: string) => void,
): Promise<string> {
  if (!onLine) return await new Response(stream).text();
  const [all, lines] = stream.tee();
  const text = new Response(all).text();
  for await (const line of linesOf(lines)) onLine(line);
  return await text;
}

/** The last lines of a command's complaint, each indented, for an error message. */
export function lastLines(text: string, count = 6): string {
  const lines = text.split("\n").map((line) => line.trimEnd()).filter((line) => line !== "");
  return lines.slice(-count).map((line) => `\n    ${line}`).join("");
}

/** Programs that may be a Python 3.10 or later, best first. */
const PYTHONS = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];

/**
 * Finds a Python that can do the set-up's work.
 * @throws {SetupError} If there is no Python 3.10 or later with pip; the message says how to get it.
 */
export async function findPython(candidates: readonly string[] = PYTHONS): Promise<string> {
  const probe = "import sys, importlib.util as u\n" +
    "print('%d.%d' % sys.version_info[:2], bool(u.find_spec('pip')), bool(u.find_spec('venv')))";
  const seen: string[] = [];
  for (const candidate of candidates) {
    const { code, stdout } = await runCommand([candidate, "-c", probe]);
    const found = /^3\.(\d+) (True|False) (True|False)\s*$/.exec(stdout);
    if (code !== 0 || !found) continue;
    if (Number(found[1]) < 10) seen.push(`${candidate} is Python 3.${found[1]}`);
    else if (found[2] === "False") seen.push(`${candidate} has no pip`);
    else if (found[3] === "False") seen.push(`${candidate} has no venv module`);
    else return candidate;
  }
  throw new SetupError(
    `no Python 3.10 or later with pip: ${seen.join("; ") || '"python3" was not found'}; ` +
      "install it (Debian, Ubuntu: sudo apt install python3 python3-pip; " +
      "Fedora: sudo dnf install python3 python3-pip; macOS: brew install python)",
  );
}
