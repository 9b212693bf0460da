import { join } from "@std/path";
import { strictEqual } from "node:assert/strict";
import { corpusInfo } from "ser/corpora/info.ts";
import { projectAddress, sessionAddress, sharedAddress } from "ser/notebook/sound_address.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

Deno.test("projectAddress() leads from a notebook to a file of the project, and to no other", () => {
  const path = join(PROJECT_ROOT, "data", "savee", "DC", "a 1#.wav");
  strictEqual(projectAddress(path), "../data/savee/DC/a%201%23.wav");
  const notebook = new URL("../../notebooks/06_cnn_attention.ipynb", import.meta.url);
  strictEqual(new URL(projectAddress(path)!, notebook).pathname.endsWith("/DC/a%201%23.wav"), true);
  strictEqual(projectAddress(`${PROJECT_ROOT}-copy/a.wav`), undefined);
  strictEqual(projectAddress(join(PROJECT_ROOT, "..", "a.wav")), undefined);
});

Deno.test("sharedAddress() is that of the project's own copy, of speech that everybody may hear", () => {
  const emodb = corpusInfo("emodb");
  strictEqual(sharedAddress(emodb, "/a/b/03a01Wa.flac"), "../data/emodb/03a01Wa.flac");
  strictEqual(sharedAddress(emodb, "/a/b/not_there.flac"), undefined);
  for (const name of ["ravdess", "savee"] as const) {
    strictEqual(sharedAddress(corpusInfo(name), "/a/b/03a01Wa.flac"), undefined);
  }
});

Deno.test("sessionAddress() is on this machine alone for a file from elsewhere", async () => {
  const path = join(await Deno.makeTempDir(), "tone.wav");
  await Deno.writeTextFile(path, "not really a sound");
  const address = sessionAddress(path);
  strictEqual(new URL(address).hostname, "127.0.0.1");
  strictEqual(await (await fetch(address)).text(), "not really a sound");
});
