/** Calling pip so that the reader's own settings do not get in the way. @module */
import { type CommandResult, lastLines, runCommand } from "./command.ts";
import { SetupError } from "../support/setup_error.ts";

/**
 * Runs pip. The reader's mirror, certificates and cache stay in force; settings that would send
 * packages elsewhere than told are switched off.
 * @param temporary Folder for what pip unpacks, made if missing.
 */
export async function runPip(
  python: string,
  args: readonly string[],
  temporary: string,
): Promise<CommandResult> {
  await Deno.mkdir(temporary, { recursive: true });
  return await runCommand([python, "-m", "pip", ...args], {
    env: {
      TMPDIR: temporary,
      PIP_USER: "0",
      PIP_REQUIRE_VIRTUALENV: "0",
      PIP_DISABLE_PIP_VERSION_CHECK: "1",
      PIP_NO_INPUT: "1",
      PIP_QUIET: "1",
    },
  });
}

const OFFLINE =
  /connection (?:broken|refused|aborted|reset)|name or service|name resolution|timed out|unreachable|newconnectionerror/i;

/**
 * What to say when pip fails: its own words, and what they usually mean.
 * @param action What was tried, for example `"download tensorflow-cpu 2.21.0 (274 MB)"`.
 */
export function pipError(action: string, stderr: string): SetupError {
  if (OFFLINE.test(stderr)) {
    return new SetupError(
      `cannot ${action}: no connection to the package index (PyPI, or the mirror that pip is set to); ` +
        "run again when there is one",
    );
  }
  const hint = /no space left/i.test(stderr)
    ? "the disk is full; free some space and run again"
    : "pip failed";
  return new SetupError(`cannot ${action}: ${hint}${lastLines(stderr)}`);
}
