import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { corporaToUse, quickMode } from "ser/notebook/session.ts";

Deno.test("quickMode() follows SER_QUICK", () => {
  const before = Deno.env.get("SER_QUICK");
  Deno.env.set("SER_QUICK", "1");
  strictEqual(quickMode(), true);
  Deno.env.set("SER_QUICK", "0");
  strictEqual(quickMode(), false);
  if (before === undefined) Deno.env.delete("SER_QUICK");
  else Deno.env.set("SER_QUICK", before);
});

Deno.test("corporaToUse() takes the corpora of the paper where they are", async () => {
  const before = Deno.env.get("SER_DATA");
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/savee/DC`, { recursive: true });
  Deno.env.set("SER_DATA", folder);
  try {
    strictEqual((await corporaToUse({ quick: false })).includes("savee"), true);
    deepStrictEqual(await corporaToUse({ quick: true }), ["emodb"]);
  } finally {
    if (before === undefined) Deno.env.delete("SER_DATA");
    else Deno.env.set("SER_DATA", before);
    await Deno.remove(folder, { recursive: true });
  }
});
