import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { unpack } from "ser/corpora/unpack.ts";
import { exists } from "ser/support/files.ts";
import { noiseWav } from "./synthetic.ts";
import { zipOf } from "./zip.ts";

const FILES: [string, Uint8Array][] = [
  ["Actor_01/1.wav", noiseWav(1)],
  ["Actor_02/2.wav", noiseWav(2, 100_000)],
];

/** Writes an archive beside the folder to unpack into. */
async function archiveOf(bytes: Uint8Array): Promise<[archive: string, folder: string]> {
  const root = await Deno.makeTempDir();
  const archive = join(root, "speech.zip");
  await Deno.writeFile(archive, bytes);
  return [archive, join(root, "out")];
}

Deno.test("unpack() gives the files back and reports their bytes", async () => {
  const [archive, folder] = await archiveOf(await zipOf(FILES));
  await Deno.mkdir(folder); // what an interrupted run left
  await Deno.writeTextFile(join(folder, "half"), "");
  const seen: number[][] = [];
  await unpack(archive, folder, { progress: (done, total) => seen.push([done, total]) });
  for (const [path, bytes] of FILES) {
    deepStrictEqual(await Deno.readFile(join(folder, path)), bytes);
  }
  strictEqual(await exists(join(folder, "half")), false);
  deepStrictEqual(seen, [[6044, 206_088], [206_088, 206_088]]);
});

Deno.test("unpack() notices a damaged archive and leaves no folder", async () => {
  const bytes = await zipOf(FILES);
  const damaged = bytes.slice();
  damaged[Math.floor(bytes.length / 2)] ^= 0xff; // in the compressed samples
  for (const bad of [damaged, bytes.subarray(0, 5000), new Uint8Array(0), noiseWav(3)]) {
    const [archive, folder] = await archiveOf(bad);
    await rejects(
      unpack(archive, folder),
      /^CorpusError: Cannot unpack ".*speech.zip": .*; the archive is damaged: remove it and run/,
    );
    strictEqual(await exists(folder), false);
  }
});

Deno.test("unpack() does not write outside its folder", async () => {
  const [archive, folder] = await archiveOf(await zipOf([["../escaped.wav", noiseWav(1)]]));
  await rejects(unpack(archive, folder), /Cannot unpack/);
  strictEqual(await exists(join(folder, "..", "escaped.wav")), false);
});

Deno.test("unpack() checks the disk before it writes", async () => {
  const [archive, folder] = await archiveOf(await zipOf(FILES));
  await rejects(unpack(archive, folder, { free: 1000 }), {
    name: "CorpusError",
    message:
      `Cannot write "${folder}": need 206 kB more on this disk; free some and run the command again; what was received is kept`,
  });
  strictEqual(await exists(folder), false);
});
