import { join } from "@std/path";
import { deepStrictEqual, match, notStrictEqual, strictEqual, throws } from "node:assert/strict";
import { serveSound } from "ser/notebook/sound_server.ts";

/** A file of six bytes. */
async function sound(name: string): Promise<string> {
  const path = join(await Deno.makeTempDir(), name);
  await Deno.writeFile(path, Uint8Array.of(0, 1, 2, 3, 4, 5));
  return path;
}

const bytesOf = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())];

Deno.test("serveSound() gives a file its own address, which stays the same", async () => {
  const first = await sound("a.wav"), second = await sound("b.FLAC");
  const address = serveSound(first);
  match(address, /^http:\/\/127\.0\.0\.1:\d+\/[-0-9a-f]{36}\.wav$/);
  strictEqual(serveSound(first), address);
  notStrictEqual(serveSound(second), address);
  const response = await fetch(serveSound(second));
  deepStrictEqual([response.status, response.headers.get("content-type")], [200, "audio/flac"]);
  deepStrictEqual(await bytesOf(response), [0, 1, 2, 3, 4, 5]);
});

Deno.test("serveSound() answers requests for a part, as RFC 9110 (14.2) has it", async () => {
  const address = serveSound(await sound("a.wav"));
  const part = async (range: string) => {
    const response = await fetch(address, { headers: { range } });
    const where = response.headers.get("content-range");
    return [response.status, where, await bytesOf(response)];
  };
  deepStrictEqual(await part("bytes=2-3"), [206, "bytes 2-3/6", [2, 3]]);
  deepStrictEqual(await part("bytes=4-"), [206, "bytes 4-5/6", [4, 5]]);
  deepStrictEqual(await part("bytes=0-99"), [206, "bytes 0-5/6", [0, 1, 2, 3, 4, 5]]);
  deepStrictEqual((await part("bytes=6-"))[0], 416);
});

Deno.test("serveSound() gives nothing that was not offered", async () => {
  const path = await sound("a.wav"), { origin } = new URL(serveSound(path));
  for (const name of ["", "a.wav", path, "../a.wav"]) {
    const response = await fetch(`${origin}/${encodeURIComponent(name)}`);
    strictEqual(response.status, 404);
    await response.body?.cancel();
  }
  const post = await fetch(serveSound(path), { method: "POST" });
  strictEqual(post.status, 404);
  await post.body?.cancel();
});

Deno.test("serveSound() refuses what is no recording", () => {
  throws(() => serveSound("/etc/passwd"), {
    name: "RangeError",
    message: 'Cannot play "/etc/passwd": expected a .wav or .flac file',
  });
});
