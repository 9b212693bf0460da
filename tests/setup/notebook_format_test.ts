import { match, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { formatComplaints } from "ser/setup/notebook_format.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

const NOTEBOOK = join(PROJECT_ROOT, "notebooks", "00_speech_and_features.ipynb");
const formatted = (await Deno.readTextFile(NOTEBOOK)).trimEnd();

async function complaints(text: string): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "a.ipynb");
    await Deno.writeTextFile(path, text);
    return await formatComplaints([path]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("formatComplaints() accepts a formatted notebook with and without a last newline", async () => {
  strictEqual(await complaints(`${formatted}\n`), "");
  strictEqual(await complaints(formatted), "");
});

Deno.test("formatComplaints() tells which notebook is not formatted", async () => {
  const text = formatted.replace("const QUICK = ", "const QUICK  =  ");
  match(await complaints(text), /notebooks\/a\.ipynb/);
});
