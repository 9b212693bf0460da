import { deepStrictEqual, rejects } from "node:assert/strict";
import { basename, join } from "@std/path";
import { listNotebooks } from "ser/tasks/prepare.ts";

Deno.test("listNotebooks() lists in order, chooses by beginnings, and names what there is", async () => {
  const folder = await Deno.makeTempDir();
  for (const name of ["06_cnn.ipynb", "00_speech.ipynb", "notes.txt"]) {
    await Deno.writeTextFile(join(folder, name), "");
  }
  const names = async (...wanted: string[]) =>
    (await listNotebooks(wanted, folder)).map((path) => basename(path));
  deepStrictEqual(await names(), ["00_speech.ipynb", "06_cnn.ipynb"]);
  deepStrictEqual(await names("notebooks/06_cnn.ipynb"), ["06_cnn.ipynb"]);
  deepStrictEqual(await names("06", "00"), ["00_speech.ipynb", "06_cnn.ipynb"]);
  await rejects(names("07"), {
    name: "UsageError",
    message: 'There is no notebook "07"; there are 00_speech.ipynb, 06_cnn.ipynb',
  });
  await Deno.remove(folder, { recursive: true });
});
