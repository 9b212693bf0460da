import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { download } from "ser/corpora/download.ts";
import { exists } from "ser/support/files.ts";
import { RandomState } from "ser/support/random.ts";
import { serveFile } from "./server.ts";

const random = new RandomState(3);
const BYTES = Uint8Array.from({ length: 10_000 }, () => random.integer(255));
const newFile = async () => join(await Deno.makeTempDir(), "cache", "speech.zip");
const FAST = { wait: 1 };

Deno.test("download() fetches a file and reports bytes", async () => {
  await using server = serveFile(BYTES);
  const file = await newFile(), seen: number[] = [];
  await download(server.archive, file, { progress: (done) => seen.push(done) });
  deepStrictEqual(await Deno.readFile(file), BYTES);
  strictEqual(seen.at(-1), BYTES.length);
  deepStrictEqual(seen, seen.toSorted((a, b) => a - b));
  strictEqual(await exists(`${file}.part`), false);
  await download(server.archive, file);
  strictEqual(server.ranges.length, 1); // nothing is downloaded twice
});

Deno.test("download() goes on after a cut connection", async () => {
  await using server = serveFile(BYTES, { cutAfter: (n) => n < 2 ? 3000 : undefined });
  const file = await newFile(), warnings: string[] = [];
  await download(server.archive, file, { ...FAST, warn: (message) => warnings.push(message) });
  deepStrictEqual(await Deno.readFile(file), BYTES);
  deepStrictEqual(server.ranges, [null, "bytes=3000-", "bytes=6000-"]);
  match(warnings[0], /^the connection broke \(.*\); 3 kB of 10 kB received; trying again$/);
});

Deno.test("download() goes on where an interrupted run stopped", async () => {
  await using server = serveFile(BYTES);
  const file = await newFile();
  await Deno.mkdir(join(file, ".."), { recursive: true });
  await Deno.writeFile(`${file}.part`, BYTES.subarray(0, 7000));
  await download(server.archive, file);
  deepStrictEqual(await Deno.readFile(file), BYTES);
  deepStrictEqual(server.ranges, ["bytes=7000-"]);
});

Deno.test("download() starts anew where the server cannot go on in the middle", async () => {
  await using server = serveFile(BYTES, { ranges: false });
  const file = await newFile();
  await Deno.mkdir(join(file, ".."), { recursive: true });
  await Deno.writeFile(`${file}.part`, new Uint8Array(7000));
  await download(server.archive, file);
  deepStrictEqual(await Deno.readFile(file), BYTES);
});

Deno.test("download() drops a part that is too long", async () => {
  await using server = serveFile(BYTES);
  const file = await newFile();
  await Deno.mkdir(join(file, ".."), { recursive: true });
  await Deno.writeFile(`${file}.part`, new Uint8Array(20_000));
  await download(server.archive, file);
  deepStrictEqual(server.ranges, [null]);
});

Deno.test("download() replaces a file that was damaged later", async () => {
  await using server = serveFile(BYTES);
  const file = await newFile(), warnings: string[] = [];
  await Deno.mkdir(join(file, ".."), { recursive: true });
  await Deno.writeFile(file, new Uint8Array(10_000));
  await download(server.archive, file, { warn: (message) => warnings.push(message) });
  deepStrictEqual(await Deno.readFile(file), BYTES);
  deepStrictEqual(warnings, [`"${file}" is damaged: downloading it again`]);
});

Deno.test("download() refuses a file with another MD5 and does not keep it", async () => {
  await using server = serveFile(BYTES);
  const file = await newFile();
  const archive = { ...server.archive, md5: "0".repeat(32) };
  await rejects(download(archive, file), {
    name: "CorpusError",
    message:
      `Cannot use ${archive.url}: expected the MD5 ${archive.md5}, received ${server.archive.md5}; the download is damaged or the file was changed; run the command again`,
  });
  deepStrictEqual([await exists(file), await exists(`${file}.part`)], [false, false]);
});

Deno.test("download() gives up when tries bring nothing, and keeps what it has", async () => {
  await using server = serveFile(BYTES, { cutAfter: (n) => n === 0 ? 4000 : 0 });
  const file = await newFile();
  await rejects(
    download(server.archive, file, FAST),
    /Cannot download .*: the connection broke \(.*\); 4 kB of 10 kB received; check the network/,
  );
  strictEqual((await Deno.stat(`${file}.part`)).size, 4000);
  strictEqual(server.ranges.length, 3);
});

Deno.test("download() does not wait forever for a silent server", async () => {
  await using server = serveFile(BYTES, { cutAfter: () => 1000, silent: true });
  const file = await newFile();
  await rejects(
    download(server.archive, file, { ...FAST, attempts: 1, silence: 200 }),
    /the connection broke \(nothing came for 0.2 s\); 1 kB of 10 kB received/,
  );
});

Deno.test("download() says that there is no network", async () => {
  const archive = { url: "http://127.0.0.1:1/speech.zip", bytes: 10, md5: "" };
  await rejects(
    download(archive, await newFile(), FAST),
    /^CorpusError: Cannot download http:.*: no connection \(.*\); 0 kB of 0 kB received; check the network/,
  );
});

Deno.test("download() tries again on 503 and stops at 404", async () => {
  await using busy = serveFile(BYTES, { status: (n) => n === 0 ? 503 : undefined });
  const file = await newFile();
  await download(busy.archive, file, FAST);
  deepStrictEqual(await Deno.readFile(file), BYTES);
  await using gone = serveFile(BYTES, { status: () => 404 });
  await rejects(
    download(gone.archive, await newFile(), FAST),
    /expected a file of 10000 bytes, received the answer 404 Not Found; look at the address/,
  );
  strictEqual(gone.ranges.length, 1);
});

Deno.test("download() recognises a page in place of the file", async () => {
  await using server = serveFile(BYTES.subarray(0, 300));
  await rejects(
    download({ ...server.archive, bytes: 10_000 }, await newFile(), FAST),
    /expected a file of 10000 bytes, received one of 300 \(a log-in page/,
  );
});

Deno.test("download() checks the disk before it starts", async () => {
  await using server = serveFile(BYTES);
  const file = await newFile();
  await rejects(download(server.archive, file, { free: 9_999 }), {
    name: "SetupError",
    message: /^not enough disk space: need 10 kB at "/,
  });
  deepStrictEqual(server.ranges, []);
});
