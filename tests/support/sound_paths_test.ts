import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { type SoundPath, soundPaths } from "ser/support/sound_paths.ts";

/** A folder with these files, all empty. */
async function folderOf(...names: string[]): Promise<string> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  for (const name of names) {
    const path = `${folder}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, "");
  }
  return folder;
}

const folder = await folderOf(
  "b/deep/2.FLAC",
  "b/1.wav",
  "c.mp3",
  "a.wav",
  "notes.txt",
  ".hidden.wav",
);

/** What was found: names below the folder, of what was passed over with the reason. */
async function found(paths: AsyncIterable<SoundPath>, below = folder): Promise<string[]> {
  const names: string[] = [];
  for await (const { path, skipped, error } of paths) {
    const name = path.replace(`${below}/`, "");
    names.push(skipped ? `${name}: ${skipped}` : error ? `${name}: ${error.message}` : name);
  }
  return names;
}

const ENDING = "its name does not end as that of a sound file";
const pathsOf = (...words: string[]) => found(soundPaths(words));

Deno.test("soundPaths() finds the sound files below a folder, sorted, and lists what it passes over", async () => {
  deepStrictEqual(await pathsOf(folder), [
    ".hidden.wav: it is hidden",
    "a.wav",
    "b/1.wav",
    "b/deep/2.FLAC",
    "c.mp3",
    `notes.txt: ${ENDING}`,
  ]);
});

Deno.test("soundPaths() gives recordings of telephones, so that they are told about", async () => {
  const names = ["a.3gp", "b.caf", "c.amr", "d.m4a", "e.opus"], below = await folderOf(...names);
  deepStrictEqual(await found(soundPaths([below]), below), names);
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
  const long = "x".repeat(5000) + "*";
  deepStrictEqual(await pathsOf("none.wav", `${folder}/*.ogg`, long), ["none.wav", "*.ogg", long]);
});

Deno.test("soundPaths() goes through a linked folder once, and through no circle", async () => {
  const below = await folderOf("a/1.wav", "z.wav"), other = await folderOf("2.wav");
  await Deno.symlink(other, `${below}/linked`);
  await Deno.symlink(other, `${below}/linked again`);
  await Deno.symlink(below, `${below}/a/up`);
  await Deno.symlink("y.wav", `${below}/x.wav`);
  await Deno.symlink("x.wav", `${below}/y.wav`);
  deepStrictEqual(await found(soundPaths([below]), below), [
    "a/1.wav",
    "a/up: this folder was gone through",
    "linked/2.wav",
    "linked again: this folder was gone through",
    "x.wav", // reading it says that it is a circle of links
    "y.wav",
    "z.wav",
  ]);
});

Deno.test("soundPaths() names a folder that cannot be read, and goes on", async () => {
  const below = await folderOf("a/1.wav", "b.wav"), { readDir } = Deno;
  Deno.readDir = (path) => { // the tests may run as a user who reads everything
    if (`${path}`.endsWith("/a")) {
      throw new Deno.errors.PermissionDenied("Permission denied (os error 13): readdir");
    }
    return readDir(path);
  };
  try {
    deepStrictEqual(await found(soundPaths([below]), below), [
      `a: Cannot read the folder "${below}/a": permission denied`,
      "b.wav",
    ]);
  } finally {
    Deno.readDir = readDir;
  }
});

Deno.test("soundPaths() takes a list: a file or folder on each line, after the words", async () => {
  const list = `${await Deno.makeTempDir()}/list`;
  await Deno.writeTextFile(list, `${folder}/a.wav\r\n\n${folder}/b\nwhat is*\nlast`);
  const names = ["first", "a.wav", "b/1.wav", "b/deep/2.FLAC", "what is*", "last"];
  deepStrictEqual(await found(soundPaths(["first"], list)), names);
  await Deno.writeTextFile(list, Array.from({ length: 10_000 }, (_, i) => `${i}.wav\n`).join(""));
  ok((await found(soundPaths([], list))).length === 10_000);
  await rejects(found(soundPaths([], "none.txt")), {
    name: "NotFound",
    message: 'Cannot read the list "none.txt": no such file; check the path',
  });
  await rejects(found(soundPaths([], folder)), (error: Error) => {
    match(error.message, /^Cannot read the list ".*": it is a folder$/);
    return true;
  });
});
