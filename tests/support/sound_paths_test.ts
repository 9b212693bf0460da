import { deepStrictEqual } from "node:assert/strict";
import { soundPaths } from "ser/support/sound_paths.ts";

const folder = await Deno.makeTempDir();
for (const name of ["b/deep/2.FLAC", "b/1.wav", "c.mp3", "a.wav", "notes.txt", ".hidden.wav"]) {
  const path = `${folder}/${name}`;
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeTextFile(path, "");
}

const pathsOf = async (...words: string[]) =>
  (await Array.fromAsync(soundPaths(words))).map((path) => path.replace(`${folder}/`, ""));

Deno.test("soundPaths() finds the sound files below a folder, sorted", async () => {
  deepStrictEqual(await pathsOf(folder), ["a.wav", "b/1.wav", "b/deep/2.FLAC", "c.mp3"]);
});

Deno.test("soundPaths() takes a pattern, and a file whatever it is called", async () => {
  deepStrictEqual(await pathsOf(`${folder}/*.wav`), ["a.wav"]);
  deepStrictEqual(await pathsOf(`${folder}/**/*.wav`), ["a.wav", "b/1.wav"]);
  deepStrictEqual(await pathsOf(`${folder}/notes.txt`, `${folder}/b`), [
    "notes.txt",
    "b/1.wav",
    "b/deep/2.FLAC",
  ]);
});

Deno.test("soundPaths() gives on what is not there, so that reading it says so", async () => {
  deepStrictEqual(await pathsOf("none.wav", `${folder}/*.ogg`), ["none.wav", "*.ogg"]);
});
