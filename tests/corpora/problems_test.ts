import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { RAVDESS } from "ser/corpora/ravdess.ts";
import { count, listFiles, problemsError, shortPath } from "ser/corpora/problems.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

Deno.test("problemsError() says everything in one message", () => {
  const problems = [
    { kind: "missing" as const, files: ["x"], message: "1 recording (x)" },
    { kind: "extra" as const, files: ["y.wav"], message: "1 file (y.wav): song, not speech" },
  ];
  const root = join(PROJECT_ROOT, "data", "ravdess");
  const error = problemsError(RAVDESS, root, problems, 1439, 1440);
  strictEqual(
    error.message,
    `Cannot load RAVDESS from "data/ravdess": expected 1,440 utterances, found 1,439 good
  missing: 1 recording (x)
  extra: 1 file (y.wav): song, not speech
Repair the folder (README section "Data"), or pass allowProblems: true to go on with the 1,439 good ones`,
  );
  deepStrictEqual(error.problems, problems);
});

Deno.test("problemsError() does not offer to go on with nothing", () => {
  const lines = problemsError(RAVDESS, "/x", [], 0, 1440).message.split("\n");
  strictEqual(
    lines.at(-1),
    'README section "Data" tells where to get RAVDESS: run "deno task data ravdess" to download it (208 MB)',
  );
});

Deno.test("count(), listFiles() and shortPath() write for people", () => {
  deepStrictEqual([count(1, "file"), count(1440, "file")], ["1 file", "1,440 files"]);
  strictEqual(listFiles(["a", "b"]), "2 files (a, b)");
  strictEqual(listFiles([..."abcdefg"]), "7 files (a, b, c, d, e and 2 others)");
  deepStrictEqual([shortPath("/x/y"), shortPath(join(PROJECT_ROOT, "data", "a"))], [
    "/x/y",
    "data/a",
  ]);
});
