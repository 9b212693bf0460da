import { deepStrictEqual, equal, match, notDeepStrictEqual, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { extractFeatures, type ExtractOptions } from "ser/features/cache.ts";
import { fileFeatures } from "ser/features/extract.ts";
import { loadCompiledSteps, PLAIN_STEPS } from "ser/features/kernels.ts";
import { PROJECT_ROOT, userCache } from "ser/support/files.ts";
import { mfcc } from "ser/features/mfcc.ts";
import { resample } from "ser/audio/resample.ts";
import { wav16 } from "../audio/wav_bytes.ts";

const tone = (step: number) =>
  Array.from({ length: 4000 }, (_, i) => Math.round(9000 * Math.sin(i * step)));

/** A folder with two recordings and an empty cache. */
async function inFolder(
  use: (paths: string[], options: ExtractOptions, warnings: string[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const paths = ["a.wav", "b.wav"].map((name) => join(folder, name));
    for (const [i, path] of paths.entries()) await Deno.writeFile(path, wav16(tone(0.1 + i)));
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    await use(paths, { cacheFolder: join(folder, "cache"), warn }, warnings);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const kept = async (options: ExtractOptions): Promise<string[]> =>
  (await Array.fromAsync(Deno.readDir(options.cacheFolder!))).map(({ name }) => name);

Deno.test("fileFeatures() decodes, resamples and takes MFCCs", async () => {
  await inFolder(async ([path]) => {
    const signal = resample(Float32Array.from(tone(0.1), (value) => value / 32768), 16000, 22050);
    const { mfcc: features, ...about } = await fileFeatures(path, {}, undefined, PLAIN_STEPS);
    deepStrictEqual(features, mfcc(signal));
    deepStrictEqual({ ...about, sampleSha256: about.sampleSha256.length }, {
      path,
      samples: 5513, // ceil(4000 * 22050 / 16000)
      sampleRate: 22050,
      sourceRate: 16000,
      seconds: 0.25,
      sampleSha256: 64,
    });
  });
});

Deno.test("extractFeatures() finds on the second call what it kept on the first", async () => {
  await inFolder(async (paths, options, warnings) => {
    const first = await extractFeatures(paths, options);
    deepStrictEqual(first.features, [await fileFeatures(paths[0]), await fileFeatures(paths[1])]);
    deepStrictEqual(first.failures, []);
    const names = await kept(options);
    match(names.join(), /^[0-9a-f]{64}\.mfcc$/);
    deepStrictEqual(await extractFeatures(paths, options), first);
    deepStrictEqual(await kept(options), names);
    deepStrictEqual(warnings, []);
  });
});

Deno.test("extractFeatures() goes by content: another name finds it, another sample does not", async () => {
  await inFolder(async (paths, options) => {
    const { features } = await extractFeatures(paths, options);
    const moved = paths.map((path) => path.replace(".wav", " moved.wav"));
    for (const [i, path] of paths.entries()) await Deno.rename(path, moved[i]);
    const again = await extractFeatures(moved, options);
    deepStrictEqual(again.features, features.map((file, i) => ({ ...file, path: moved[i] })));
    equal((await kept(options)).length, 1);
    await Deno.writeFile(moved[0], wav16(tone(0.2)));
    const changed = await extractFeatures(moved, options);
    notDeepStrictEqual(changed.features[0].mfcc, features[0].mfcc);
    deepStrictEqual(changed.features[1].mfcc, features[1].mfcc);
    equal((await kept(options)).length, 2);
  });
});

Deno.test("extractFeatures() goes by settings, spelled out or not", async () => {
  await inFolder(async (paths, options) => {
    await extractFeatures(paths, options);
    await extractFeatures(paths, { ...options, nFft: 2048, fMax: 11025, centerPadding: "zeros" });
    equal((await kept(options)).length, 1);
    const { features } = await extractFeatures(paths, { ...options, nMfcc: 13 });
    equal(features[0].mfcc.columns, 13);
    equal((await kept(options)).length, 2);
  });
});

/** What a process of its own gives for the files, with the steps in C++ or without. */
async function elsewhere(paths: string[], cacheFolder: string, kernels: "on" | "off") {
  const script = `
    import { extractFeatures } from "${import.meta.resolve("ser/features/cache.ts")}";
    const { features } = await extractFeatures(${JSON.stringify(paths)}, {
      cacheFolder: ${JSON.stringify(cacheFolder)},
    });
    console.log(JSON.stringify(features.map(({ mfcc }) => [...mfcc.data])));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", script],
    cwd: PROJECT_ROOT,
    env: { SER_KERNELS: kernels },
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("extractFeatures() gives nobody the features that other steps made", async () => {
  await inFolder(async (paths, { cacheFolder }) => {
    const home = userCache(); // the compiled steps, if they are there
    const compiled = await loadCompiledSteps(home) ?? PLAIN_STEPS;
    const expected = { off: PLAIN_STEPS, on: compiled };
    for (const kernels of ["off", "on", "off", "on"] as const) {
      const made = paths.map((path) => fileFeatures(path, {}, undefined, expected[kernels]));
      const bits = (await Promise.all(made)).map(({ mfcc }) => [...mfcc.data]);
      deepStrictEqual(await elsewhere(paths, cacheFolder!, kernels), bits, kernels);
    }
    equal((await kept({ cacheFolder })).length, compiled === PLAIN_STEPS ? 1 : 2);
  });
});

Deno.test("extractFeatures() notices a damaged set, says so and makes it again", async () => {
  await inFolder(async (paths, options, warnings) => {
    const first = await extractFeatures(paths, options);
    const file = join(options.cacheFolder!, (await kept(options))[0]);
    const whole = await Deno.readFile(file);
    for (const damaged of [whole.subarray(0, 1000), whole.with(500, whole[500] ^ 1)]) {
      await Deno.writeFile(file, damaged);
      deepStrictEqual(await extractFeatures(paths, options), first);
      equal(
        warnings.pop(),
        `Cannot use the kept features "${file}": its checksum is wrong, the file is damaged; they are taken from the audio again`,
      );
      deepStrictEqual(await Deno.readFile(file), whole);
    }
    deepStrictEqual(await extractFeatures(paths, options), first);
    deepStrictEqual(warnings, []);
  });
});

Deno.test("extractFeatures() reports files that fail, every time, and goes on with the others", async () => {
  await inFolder(async ([good, bad], options) => {
    await Deno.writeFile(bad, wav16([1, 2, 3]));
    const missing = join(options.cacheFolder!, "no.wav");
    for (const _ of ["first", "from the cache"]) {
      const { features, failures } = await extractFeatures([missing, bad, good], options);
      deepStrictEqual(features.map(({ path }) => path), [good]);
      deepStrictEqual(failures.map(({ path }) => path), [missing, bad]);
      match(failures[0].error.message, /no such file/);
      match(failures[1].error.message, /at least one frame of 2048 samples .* received 5/);
    }
    equal((await kept(options)).length, 1);
  });
});

Deno.test("extractFeatures() gives the features also where they cannot be kept", async () => {
  await inFolder(async (paths, options, warnings) => {
    const cacheFolder = join(paths[0], "not a folder");
    const { features } = await extractFeatures(paths, { ...options, cacheFolder });
    equal(features.length, 2);
    match(warnings.at(-1)!, /^Cannot keep the features in ".*": .*; they will be taken from the/);
  });
});

Deno.test("extractFeatures() reports its progress: reading alone only where a set may be kept", async () => {
  await inFolder(async (paths, options) => {
    const steps: string[] = [];
    const progress = (done: number, total: number, what: string) =>
      void steps.push(`${what} ${done}/${total}`);
    await extractFeatures(paths, { ...options, progress });
    deepStrictEqual(steps.splice(0), ["features 1/2", "features 2/2"]);
    const reading = ["reading audio files 1/2", "reading audio files 2/2"];
    await extractFeatures(paths, { ...options, progress });
    deepStrictEqual(steps.splice(0), reading);
    await Deno.writeFile(paths[1], wav16(tone(0.7))); // the first is as in the kept set
    await extractFeatures(paths, { ...options, progress });
    deepStrictEqual(steps, [...reading, "features 1/2", "features 2/2"]);
    equal((await kept(options)).length, 2);
  });
});

Deno.test("extractFeatures() of no files is empty; settings out of range are refused at once", async () => {
  deepStrictEqual(await extractFeatures([]), { features: [], failures: [] });
  await rejects(extractFeatures(["no.wav"], { nMfcc: 0 }), {
    name: "RangeError",
    message: "Cannot take MFCCs: expected nMfcc from 1 to nMels = 128, received 0",
  });
  for (const workers of [0, 1.5, NaN]) {
    await rejects(extractFeatures(["no.wav"], { workers }), {
      name: "RangeError",
      message:
        `Cannot take features: expected an integer number of workers >= 1, received ${workers}`,
    });
  }
});
