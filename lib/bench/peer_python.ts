/** The Python that the peer runs in: an environment of its own in the per-user cache. @module */
import { join } from "@std/path";
import { findPython, runCommand } from "../setup/command.ts";
import type { ProgressLine } from "../setup/progress_line.ts";
import { setUpVenv } from "../setup/venv.ts";
import { PROJECT_ROOT, userCache } from "../support/files.ts";
import { SetupError } from "../support/setup_error.ts";

const LIST = join(PROJECT_ROOT, "tests", "bench", "requirements.txt");

/**
 * The Python that `SER_BENCH_PYTHON` names, else that of an environment with Keras, TensorFlow and
 * librosa, which is made on first use.
 * @param line Shows progress.
 * @throws {SetupError} If it cannot be had: what is missing and how to get it.
 */
export async function setUpPeer(line: ProgressLine): Promise<string> {
  const own = Deno.env.get("SER_BENCH_PYTHON");
  if (own) {
    await checkPython(own);
    return own;
  }
  const base = await findPython();
  await checkPython(base);
  return await setUpVenv({
    folder: userCache("bench", "venv"),
    cache: userCache("bench"),
    lists: [LIST],
    space: 4e9,
    download: "480 MB",
    what: "Keras, TensorFlow and librosa",
    ...{ base, line },
  });
}

/** The pinned packages exist for Python 3.11 to 3.13. */
async function checkPython(python: string): Promise<void> {
  const { stdout, stderr } = await runCommand([
    ...[python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
  ]);
  if (["3.11", "3.12", "3.13"].includes(stdout.trim())) return;
  throw new SetupError(
    `the Python peer needs Python 3.11 to 3.13, "${python}" is ${
      stdout.trim() ? `Python ${stdout.trim()}` : `none (${stderr.trim().split("\n").at(-1)})`
    }; set SER_BENCH_PYTHON to one that has the packages of tests/bench/requirements.txt`,
  );
}
