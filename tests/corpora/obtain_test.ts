import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { loadCorpus } from "ser/corpora/load.ts";
import { obtainRavdess, RAVDESS_ARCHIVE } from "ser/corpora/obtain.ts";
import { exists } from "ser/support/files.ts";
import { serveFile } from "./server.ts";
import { makeCorpus } from "./synthetic.ts";
import { zipOf } from "./zip.ts";

/** A published little RAVDESS, and where to put it. */
async function published() {
  const { files, manifest } = await makeCorpus("ravdess");
  const root = await Deno.makeTempDir();
  const folders = { folder: join(root, "data", "ravdess"), cacheFolder: join(root, "cache") };
  return { bytes: await zipOf(files), options: { ...folders, manifest, wait: 1 } };
}

Deno.test("obtainRavdess() downloads, unpacks and then does nothing", async () => {
  const { bytes, options } = await published();
  await using server = serveFile(bytes, { cutAfter: (n) => n === 0 ? 20_000 : undefined });
  const steps = new Set<string>();
  const progress = (_done: number, _total: number, what: string) => void steps.add(what);
  const root = await obtainRavdess({ ...options, archive: server.archive, progress });
  strictEqual(root, options.folder);
  const { utterances } = await loadCorpus("ravdess", { root, manifest: options.manifest });
  strictEqual(utterances.length, 8);
  deepStrictEqual([...steps], ["bytes", "unpacking"]);
  strictEqual(await exists(`${root}.part`), false);
  strictEqual(server.ranges.length, 2);
  await obtainRavdess({ ...options, archive: server.archive });
  strictEqual(server.ranges.length, 2);
});

Deno.test("obtainRavdess() uses the archive in the cache for a second clone", async () => {
  const { bytes, options } = await published();
  await using server = serveFile(bytes);
  await obtainRavdess({ ...options, archive: server.archive });
  const folder = join(await Deno.makeTempDir(), "ravdess");
  await obtainRavdess({ ...options, folder, archive: server.archive });
  strictEqual(server.ranges.length, 1);
  strictEqual(
    (await loadCorpus("ravdess", { root: folder, manifest: options.manifest })).problems.length,
    0,
  );
});

Deno.test("obtainRavdess() called twice at once downloads once", async () => {
  const { bytes, options } = await published();
  await using server = serveFile(bytes);
  const call = () => obtainRavdess({ ...options, archive: server.archive });
  deepStrictEqual(await Promise.all([call(), call()]), [options.folder, options.folder]);
  strictEqual(server.ranges.length, 1);
});

Deno.test("obtainRavdess() throws away what an interrupted run had unpacked", async () => {
  const { bytes, options } = await published();
  await using server = serveFile(bytes);
  await Deno.mkdir(`${options.folder}.part`, { recursive: true });
  await Deno.writeTextFile(join(`${options.folder}.part`, "03-01-01-01-01-01-24.wav"), "half");
  await Deno.mkdir(options.folder); // empty
  const root = await obtainRavdess({ ...options, archive: server.archive });
  await loadCorpus("ravdess", { root, manifest: options.manifest });
});

Deno.test("obtainRavdess() leaves a folder alone that holds something else", async () => {
  const { bytes, options } = await published();
  await using server = serveFile(bytes);
  await Deno.mkdir(options.folder, { recursive: true });
  await Deno.writeTextFile(join(options.folder, "mine.txt"), "mine");
  await rejects(
    obtainRavdess({ ...options, archive: server.archive }),
    /^CorpusError: Cannot load RAVDESS from ".*": .* no \.wav or \.flac file, only 1 \.txt/,
  );
  strictEqual(await Deno.readTextFile(join(options.folder, "mine.txt")), "mine");
  deepStrictEqual(server.ranges, []);
});

Deno.test("obtainRavdess() does not take an incomplete archive for the corpus", async () => {
  const { options } = await published();
  const { files } = await makeCorpus("ravdess");
  await using server = serveFile(await zipOf([...files].slice(1)));
  await rejects(
    obtainRavdess({ ...options, archive: server.archive }),
    /missing: 1 recording \(03-01-01-01-01-01-01\)/,
  );
  strictEqual(await exists(options.folder), false);
});

Deno.test("RAVDESS_ARCHIVE is the file of Zenodo's record 1188976", () => {
  match(RAVDESS_ARCHIVE.url, /^https:\/\/zenodo\.org\/records\/1188976\/files\/Audio_Speech_/);
  match(RAVDESS_ARCHIVE.md5, /^[0-9a-f]{32}$/);
});
