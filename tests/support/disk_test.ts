import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { folderBytes, formatBytes, freeBytes, isDiskFull, requireSpace } from "ser/support/disk.ts";
import { SetupError } from "ser/support/setup_error.ts";

Deno.test("formatBytes() changes its unit where people do", () => {
  deepStrictEqual([0, 1500, 999_400, 999_600_000, 9e9].map(formatBytes), [
    ...["0 kB", "2 kB", "999 kB", "1.0 GB", "9.0 GB"],
  ]);
});

Deno.test("freeBytes() answers for a folder that is not there yet", async () => {
  ok(await freeBytes("/tmp/no/such/folder/yet") > 0);
});

Deno.test("requireSpace() says what is needed, what is there and what to do", async () => {
  await requireSpace("/somewhere", 100, 100);
  await rejects(requireSpace("/somewhere", 1.6e9, 3e8), (error) => {
    ok(error instanceof SetupError);
    strictEqual(
      error.message,
      'not enough disk space: need 1.6 GB at "/somewhere", found 300 MB; ' +
        "free some or set SER_CACHE to a folder on a larger disk",
    );
    return true;
  });
});

Deno.test("folderBytes() adds up files at all depths, and a missing folder is empty", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(join(folder, "a", "b"), { recursive: true });
  await Deno.writeFile(join(folder, "one"), new Uint8Array(10));
  await Deno.writeFile(join(folder, "a", "b", "two"), new Uint8Array(32));
  strictEqual(await folderBytes(folder), 42);
  strictEqual(await folderBytes(join(folder, "missing")), 0);
  await Deno.remove(folder, { recursive: true });
});

Deno.test({
  name: "isDiskFull() knows the system's error",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const error = await Deno.writeFile("/dev/full", Uint8Array.of(1)).catch((error) => error);
    strictEqual(isDiskFull(error), true);
    strictEqual(isDiskFull(new Error("something else")), false);
  },
});
