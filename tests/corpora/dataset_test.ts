import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { loadDataset } from "ser/corpora/dataset.ts";
import { CorpusError } from "ser/corpora/problems.ts";
import { sha256 } from "ser/support/files.ts";
import { makeCorpus, noiseWav, put, RAVDESS_PATHS, SAMPLE_RATE } from "./synthetic.ts";

const EMODB_PATHS = ["03a01Wa.wav", "03a01Fa.wav", "08b02Na.wav", "16b10Tb.wav"];
const tempFolder = () => Deno.makeTempDir({ prefix: "ser-test-" });

Deno.test("loadDataset() pads before the frames and averages without the padding", async () => {
  const { root, manifest } = await makeCorpus("ravdess");
  const data = await loadDataset("ravdess", { root, manifest, cacheFolder: await tempFolder() });
  const { x, frames, coefficients, trueFrames, labels, means, classes } = data;
  deepStrictEqual([frames, coefficients, x.length], [228, 40, 8 * 228 * 40]);
  deepStrictEqual([...labels], [0, 0, 1, 1, 0, 0, 1, 1]);
  strictEqual(classes[1], "calm");
  for (const [i, rows] of trueFrames.entries()) {
    strictEqual(rows, 1 + Math.floor((3000 + 100 * i) / 512)); // librosa's count of centred frames
    const one = x.subarray(i * 228 * 40, (i + 1) * 228 * 40);
    const first = (228 - rows) * 40;
    ok(one.subarray(0, first).every((value) => value === 0));
    ok(one.subarray(first, first + 40).some((value) => value !== 0));
    for (let c = 0; c < 40; c++) {
      let sum = 0;
      for (let t = 228 - rows; t < 228; t++) sum += one[t * 40 + c];
      // float32 of a mean of a few values below 1000
      ok(Math.abs(sum / rows - means[i * 40 + c]) < 1e-3);
    }
  }
});

Deno.test("loadDataset() pads after the frames when asked", async () => {
  const { root, manifest } = await makeCorpus("emodb", EMODB_PATHS);
  const cacheFolder = await tempFolder();
  const before = await loadDataset("emodb", { root, manifest, cacheFolder });
  const after = await loadDataset("emodb", { root, manifest, cacheFolder, padding: "after" });
  strictEqual(before.frames, Math.max(...before.trueFrames)); // EmoDB: its own longest
  deepStrictEqual(before.corpus.utterances.map(({ id }) => id), [
    "03a01Fa",
    "03a01Wa",
    "08b02Na",
    "16b10Tb",
  ]);
  const { frames, trueFrames } = before;
  for (let i = 0; i < 4; i++) {
    const start = i * frames * 40, used = trueFrames[i] * 40, end = start + frames * 40;
    deepStrictEqual(after.x.subarray(start, start + used), before.x.subarray(end - used, end));
    ok(after.x.subarray(start + used, end).every((value) => value === 0));
  }
});

Deno.test("loadDataset() reports names and samples in one message", async () => {
  const { root, manifest, files } = await makeCorpus("ravdess");
  await Deno.remove(join(root, RAVDESS_PATHS[0]));
  await put(root, RAVDESS_PATHS[1], files.get(RAVDESS_PATHS[1])!.subarray(0, 2000)); // truncated
  await put(root, RAVDESS_PATHS[2], noiseWav(99, 3200)); // altered
  await put(root, RAVDESS_PATHS[3], new Uint8Array()); // empty
  await put(root, RAVDESS_PATHS[4], noiseWav(4, 3400, 16000)); // another rate
  const options = { root, manifest, cacheFolder: await tempFolder() };
  const error = await loadDataset("ravdess", options).catch((error) => error);
  ok(error instanceof CorpusError);
  const lines = error.message.split("\n");
  strictEqual(lines[0], `Cannot load RAVDESS from "${root}": expected 8 utterances, found 3 good`);
  deepStrictEqual(error.problems.map(({ kind, files }) => [kind, ...files]), [
    ["missing", "03-01-01-01-01-01-01"],
    ["counts"],
    ["unreadable", "03-01-01-01-02-01-01"],
    ["altered", "03-01-02-01-01-01-01"],
    ["unreadable", "03-01-02-01-02-01-01"],
    ["altered", "03-01-01-01-01-01-02"],
  ]);
  const going = await loadDataset("ravdess", { ...options, allowProblems: true });
  deepStrictEqual(going.corpus.utterances.map(({ id }) => id.slice(6)), [
    "01-01-02-01-02",
    "02-01-01-01-02",
    "02-01-02-01-02",
  ]);
  strictEqual(going.corpus.problems.length, 6);
  strictEqual(going.x.length, 3 * 228 * 40);
});

Deno.test("loadDataset() has nothing to go on with when no file is good", async () => {
  const { root, manifest } = await makeCorpus("emodb", EMODB_PATHS);
  for (const path of EMODB_PATHS) await put(root, path, new Uint8Array());
  const cacheFolder = await tempFolder();
  await rejects(
    loadDataset("emodb", { root, manifest, cacheFolder, allowProblems: true }),
    /expected 4 utterances, found 0 good\n {2}unreadable: 4 recordings \(.*\nREADME section "Data"/,
  );
});

Deno.test("loadDataset() refuses an utterance that is longer than the corpus's frames", async () => {
  const { root } = await makeCorpus("ravdess", RAVDESS_PATHS.slice(0, 1));
  const samples = 228 * 512; // one frame too many: 1 + samples / 512
  const bytes = noiseWav(1, samples);
  await put(root, RAVDESS_PATHS[0], bytes);
  const entry = { samples, sampleRate: SAMPLE_RATE, sha256: await sha256(bytes.subarray(44)) };
  const manifest = new Map([["03-01-01-01-01-01-01", entry]]);
  await rejects(
    loadDataset("ravdess", { root, manifest, cacheFolder: await tempFolder() }),
    {
      name: "RangeError",
      message:
        "Cannot pad RAVDESS: expected at most 228 frames, received 229 of 03-01-01-01-01-01-01",
    },
  );
});
