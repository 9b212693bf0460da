import { deepStrictEqual, equal, ok } from "node:assert/strict";
import { join } from "@std/path";
import { extractFeatures } from "ser/features/cache.ts";
import { extractAll, usefulWorkers } from "ser/features/pool.ts";
import { wav16 } from "../audio/wav_bytes.ts";

/** A folder with recordings, some of which are damaged, too short or missing. */
async function inFolder(use: (paths: string[]) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const paths = Array.from({ length: 12 }, (_, i) => join(folder, `${i}.wav`));
    for (const [i, path] of paths.entries()) {
      const values = Array.from(
        { length: 3000 + 500 * i },
        (_, t) => 9000 * Math.sin(t * (i + 1) / 40),
      );
      const bytes = wav16(values);
      if (i === 3) await Deno.writeFile(path, bytes.subarray(0, 200));
      else if (i === 5) await Deno.writeFile(path, wav16([1, 2, 3]));
      else if (i !== 8) await Deno.writeFile(path, bytes);
    }
    await use(paths);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("extractAll() gives the same with any number of workers, failures in the middle included", async () => {
  await inFolder(async (paths) => {
    const alone = await extractAll(paths, {}, 1);
    deepStrictEqual(
      alone.map(({ features, error }) => features?.path ?? error!.name),
      paths.map((path, i) => ({ 3: "SyntaxError", 5: "RangeError", 8: "NotFound" })[i] ?? path),
    );
    for (const workers of [2, 3, 20]) {
      const done: number[] = [];
      deepStrictEqual(await extractAll(paths, {}, workers, (count) => done.push(count)), alone);
      deepStrictEqual(done, paths.map((_, i) => i + 1));
    }
  });
});

Deno.test("extractAll() hands the settings to the workers", async () => {
  await inFolder(async (paths) => {
    const settings = { nMfcc: 13, sampleRate: 16000, nFft: 512, hopLength: 160 };
    const results = await extractAll(paths, settings, 2);
    deepStrictEqual(results, await extractAll(paths, settings, 1));
    deepStrictEqual(results[0].features!.mfcc.columns, 13);
  });
});

Deno.test("extractAll() ends its workers when the caller's progress throws", async () => {
  await inFolder(async (paths) => {
    const stop = () => {
      throw new Error("interrupted");
    };
    const error = await extractAll(paths, {}, 2, stop).catch((error) => error);
    equal(error.message, "interrupted"); // a worker that went on would fail this test as a leak
  });
});

Deno.test("extractFeatures() keeps one set whatever the number of workers", async () => {
  await inFolder(async (paths) => {
    const cacheFolder = await Deno.makeTempDir({ dir: join(paths[0], "..") });
    const first = await extractFeatures(paths, { cacheFolder, workers: 2 });
    deepStrictEqual(first.failures.map(({ path }) => path), [paths[3], paths[5], paths[8]]);
    ok(first.failures[2].error instanceof Deno.errors.NotFound);
    deepStrictEqual(await extractFeatures(paths, { cacheFolder, workers: 1 }), first);
    equal((await Array.fromAsync(Deno.readDir(cacheFolder))).length, 1);
  });
});

Deno.test("usefulWorkers() starts none for few files, and never more than there are cores", () => {
  deepStrictEqual([0, 1, 127, 128, 480, 1440].map((files) => usefulWorkers(files, 4)), [
    1,
    1,
    1,
    2,
    4,
    4,
  ]);
  equal(usefulWorkers(1440, 64), 22);
  equal(usefulWorkers(1440, 1), 1);
});
