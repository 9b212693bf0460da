import { rejects, strictEqual } from "node:assert/strict";
import { isWholeElf } from "ser/backend/elf.ts";

const ignore = Deno.build.os !== "linux"; // the format of Linux

Deno.test({
  name: "isWholeElf() accepts a whole file and refuses each cut one, and text",
  ignore,
  async fn() {
    const path = await Deno.makeTempFile();
    const whole = await Deno.readFile("/usr/bin/env");
    for (const length of [whole.length, whole.length / 2, 200, 64, 10, 0]) {
      await Deno.writeFile(path, whole.slice(0, length));
      strictEqual(await isWholeElf(path), length === whole.length, `${length} bytes`);
    }
    await Deno.writeTextFile(path, "no library, but long enough for a header: ".repeat(3));
    strictEqual(await isWholeElf(path), false);
    await Deno.remove(path);
    await rejects(isWholeElf(path), Deno.errors.NotFound);
  },
});
