import { deepStrictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { keepOnce, scanFolder, surplusFolders } from "ser/corpora/scan.ts";
import { put } from "./synthetic.ts";

Deno.test("scanFolder() finds WAV and FLAC in nested and linked folders", async () => {
  const root = await Deno.makeTempDir(), elsewhere = await Deno.makeTempDir();
  const empty = new Uint8Array();
  for (
    const path of ["b/c/2.FLAC", "a.wav", "notes.txt", "b/clip.mp4", ".hidden.wav", "b/._2.wav"]
  ) {
    await put(root, path, empty);
  }
  await put(elsewhere, "3.wav", empty);
  await Deno.symlink(elsewhere, join(root, "link"));
  await Deno.symlink(root, join(root, "b", "loop")); // must not be followed forever
  await Deno.symlink("/no/such/file", join(root, "dangling.wav"));
  const { audio, others } = await scanFolder(root);
  deepStrictEqual(audio.filter((path) => !path.includes("loop")), [
    "a.wav",
    "b/c/2.FLAC",
    "link/3.wav",
  ]);
  deepStrictEqual([...others.keys()].sort(), [".mp4", ".txt"]);
});

Deno.test("keepOnce() keeps the file in the fewest folders", () => {
  const idOf = (path: string) => path.match(/\d/)![0];
  const { kept, surplus } = keepOnce(["x/a/1.wav", "b/1.wav", "b/2.wav", "a/2.wav"], idOf);
  deepStrictEqual([...kept.values()].sort(), ["a/2.wav", "b/1.wav"]);
  deepStrictEqual(surplus, ["b/2.wav", "x/a/1.wav"]);
});

Deno.test("surplusFolders() names whole folders, and single files otherwise", () => {
  const audio = ["A/1.wav", "A/2.wav", "A/2.flac", "copy/A/1.wav", "copy/B/2.wav"];
  deepStrictEqual(surplusFolders(audio, ["A/2.flac", "copy/A/1.wav", "copy/B/2.wav"]), {
    folders: ["copy"],
    files: ["A/2.flac"],
  });
  deepStrictEqual(surplusFolders(audio, ["copy/A/1.wav"]).folders, ["copy/A"]);
});
