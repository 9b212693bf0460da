/**
 * Real speech against librosa. The corpora and the vectors may not be part of the project, so these
 * tests run only where ../shared is there. @module
 */
import { equal, ok } from "node:assert/strict";
import { join } from "@std/path";
import { decodeAudio } from "ser/audio/decode.ts";
import { pcmBytes, sampleSha256 } from "ser/audio/fingerprint.ts";
import { fileFeatures } from "ser/features/extract.ts";
import { featureSteps, PLAIN_STEPS } from "ser/features/kernels.ts";
import { exists, PROJECT_ROOT, sha256 } from "ser/support/files.ts";
import { bytesOf, chunk, format, wav } from "../audio/wav_bytes.ts";
import { difference } from "../fixtures/librosa/vectors.ts";

const SHARED = join(PROJECT_ROOT, "..", "shared");
const CORPORA = join(SHARED, "corpora"), ORIGINALS = join(CORPORA, "originals");
const VECTORS = join(SHARED, "reference", "librosa", "real");
const SUMS = join(SHARED, "reference", "emodb-published-sha256.txt");

const missing = !(await exists(VECTORS) && await exists(ORIGINALS) && await exists(SUMS));
if (missing) console.log(`Skipping the real files: no reference data in "${SHARED}"`);

async function* files(folder: string, extension: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* files(path, extension);
    else if (name.endsWith(extension)) yield path;
  }
}

Deno.test({
  name: "fileFeatures() gives librosa's MFCCs of real files, resampling included",
  ignore: missing,
  fn: async () => {
    let count = 0;
    for await (const path of files(VECTORS, ".json")) {
      const { file, samples, mfcc } = JSON.parse(await Deno.readTextFile(path));
      const folder = file.endsWith(".wav") ? ORIGINALS : CORPORA;
      for (const steps of [PLAIN_STEPS, featureSteps]) {
        const features = await fileFeatures(join(folder, file), {}, undefined, steps);
        equal(features.samples, samples);
        const { max, mean } = difference(features.mfcc, mfcc);
        ok(max <= 0.1 && mean <= 0.01, `${file}: max ${max}, mean ${mean}`); // the limits
      }
      count++;
    }
    equal(count, 12);
  },
});

Deno.test({
  name: "sampleSha256() is the same of the FLAC and the published WAV files",
  ignore: missing,
  fn: async () => {
    let stereo = 0, count = 0;
    for await (const path of files(ORIGINALS, ".wav")) {
      const flac = path.replace(ORIGINALS, CORPORA).replace(".wav", ".flac");
      const [original, packed] = await Promise.all(
        [path, flac].map(async (name) => decodeAudio(await Deno.readFile(name), name)),
      );
      equal(await sampleSha256(packed), await sampleSha256(original));
      stereo += original.channels.length - 1;
      count++;
    }
    equal(count, 14);
    equal(stereo, 5);
  },
});

Deno.test({
  name: "decodeAudio() gives every sample of EmoDB: the rebuilt WAV has the published checksum",
  ignore: missing,
  fn: async () => {
    const lines = (await Deno.readTextFile(SUMS)).trim().split("\n");
    const published = new Map(lines.map((line) => {
      const [sum, , name] = line.trim().split(/\s+/);
      return [name, sum];
    }));
    let count = 0;
    for await (const path of files(join(CORPORA, "emodb"), ".flac")) {
      const audio = await decodeAudio(await Deno.readFile(path), path);
      const rebuilt = wav(format({ sampleRate: 16000 }), chunk("data", pcmBytes(audio)));
      const name = path.split("/").at(-1)!.replace(".flac", ".wav");
      equal(await sha256(bytesOf(rebuilt)), published.get(name), name);
      count++;
    }
    equal(count, 188);
  },
});
