import { match, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { formatComplaints } from "./notebook_format.ts";

async function complaints(...sources: string[]): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "a.ipynb");
    const cells = sources.map((source) => ({ cell_type: "code", source }));
    await Deno.writeTextFile(path, JSON.stringify({ cells }));
    return await formatComplaints(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("formatComplaints() accepts what deno fmt would leave as it is", async () => {
  strictEqual(await complaints('import * as ser from "ser";', "const a = await ser.show(1);"), "");
});

Deno.test("formatComplaints() tells which cell is not formatted, and how it would be", async () => {
  const text = await complaints("const a = 1;", "const b   = 1");
  match(text, /^a\.ipynb cell 2 is not formatted; deno fmt makes it:\nconst b = 1;$/);
});
