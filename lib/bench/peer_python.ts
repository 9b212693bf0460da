/** The Python that the peer runs in: an environment of its own in the per-user cache. @module */
import { join } from "@std/path";
import { setUpPinned } from "../setup/pinned.ts";
import type { LiveLine } from "../notebook/live.ts";
import { PROJECT_ROOT, userCache } from "../support/files.ts";

/**
 * The Python that `SER_BENCH_PYTHON` names, else that of an environment with Keras, TensorFlow and
 * librosa, which is made on first use.
 * @param line Shows progress.
 * @throws {SetupError} If it cannot be had: what is missing and how to get it.
 */
export const setUpPeer = (line: LiveLine): Promise<string> =>
  setUpPinned({
    variable: "SER_BENCH_PYTHON",
    list: join(PROJECT_ROOT, "tests", "bench", "requirements.txt"),
    cache: userCache("bench"),
    space: 4e9,
    download: "480 MB",
    what: "Keras, TensorFlow and librosa",
    line,
  });
