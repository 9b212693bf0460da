import { rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { setUpPinned } from "ser/setup/pinned.ts";
import { LiveLine } from "ser/notebook/live.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { inFolder } from "../sweep/example.ts";

/** Sets up with a Python of the reader's own that says it is of a version. */
const withOwn = (version: string, test: (own: string, python: Promise<string>) => Promise<void>) =>
  inFolder(async (folder) => {
    const own = join(folder, "python");
    await Deno.writeTextFile(own, `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
    Deno.env.set("SER_TEST_PYTHON", own);
    try {
      const python = setUpPinned({
        ...{ variable: "SER_TEST_PYTHON", list: join(PROJECT_ROOT, "lib", "list.txt") },
        ...{ cache: folder, space: 1, download: "1 MB", what: "Ray", line: new LiveLine() },
      });
      await test(own, python);
    } finally {
      Deno.env.delete("SER_TEST_PYTHON");
    }
  });

Deno.test("setUpPinned() takes the reader's own Python as it is", () =>
  withOwn("3.12", async (own, python) => strictEqual(await python, own)));

Deno.test("setUpPinned() refuses a Python for which the packages are not made", () =>
  withOwn("3.9", async (own, python) => {
    await rejects(python, {
      name: "SetupError",
      message:
        `Python 3.11 to 3.13 is needed for Ray, "${own}" is Python 3.9; set SER_TEST_PYTHON to one that has the packages of lib/list.txt`,
    });
  }));
