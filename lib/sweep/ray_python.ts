/** The Python that talks to a Ray cluster: an environment of its own in the per-user cache. @module */
import { fromFileUrl } from "@std/path";
import type { LiveLine } from "../notebook/live.ts";
import { setUpPinned } from "../setup/pinned.ts";
import { userCache } from "../support/files.ts";

/**
 * The Python that `SER_RAY_PYTHON` names, else that of an environment with Ray, which is made on first use.
 * @param line Shows progress.
 * @throws {SetupError} If it cannot be had: what is missing and how to get it.
 */
export const setUpRay = (line: LiveLine): Promise<string> =>
  setUpPinned({
    variable: "SER_RAY_PYTHON",
    list: fromFileUrl(new URL("requirements-ray.txt", import.meta.url)),
    cache: userCache("ray"),
    space: 1e9,
    download: "90 MB",
    what: "Ray",
    line,
  });
