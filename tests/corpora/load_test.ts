import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { listCorpus, loadCorpus } from "ser/corpora/load.ts";
import { CorpusError } from "ser/corpora/problems.ts";
import { makeCorpus, noiseWav, put, RAVDESS_PATHS } from "./synthetic.ts";

/** The lines of the error that loading throws. */
async function errorLines(root: string, options: Parameters<typeof loadCorpus>[1]) {
  const error = await loadCorpus("ravdess", { root, ...options }).catch((error) => error);
  strictEqual(error.name, "CorpusError");
  return (error as CorpusError).message.split("\n");
}

Deno.test("loadCorpus() gives the utterances of a whole corpus in order", async () => {
  const { root, manifest } = await makeCorpus("ravdess", RAVDESS_PATHS.toReversed());
  const corpus = await loadCorpus("ravdess", { root, manifest });
  deepStrictEqual(corpus.problems, []);
  deepStrictEqual(
    corpus.utterances.map(({ path }) => path),
    RAVDESS_PATHS.map((p) => join(root, p)),
  );
  deepStrictEqual(corpus.utterances.map(({ label }) => label), [0, 0, 1, 1, 0, 0, 1, 1]);
});

Deno.test("loadCorpus() keeps the order however the files are nested", async () => {
  const nested = RAVDESS_PATHS.map((path, i) => i % 2 === 0 ? `z/${path}` : path.split("/")[1]);
  const { root, manifest } = await makeCorpus("ravdess", nested);
  const { utterances } = await loadCorpus("ravdess", { root, manifest });
  deepStrictEqual(utterances.map(({ id }) => id), RAVDESS_PATHS.map((p) => p.slice(9, -4)));
});

Deno.test("loadCorpus() lists what is missing, with counts", async () => {
  const { root, manifest } = await makeCorpus("ravdess");
  await Deno.remove(join(root, RAVDESS_PATHS[0]));
  await Deno.remove(join(root, RAVDESS_PATHS[3]));
  deepStrictEqual(await errorLines(root, { manifest }), [
    `Cannot load RAVDESS from "${root}": expected 8 utterances, found 6 good`,
    "  missing: 2 recordings (03-01-01-01-01-01-01, 03-01-02-01-02-01-01)",
    "  counts: emotions: neutral 3 of 4, calm 3 of 4; speakers: 01 2 of 4",
    'Repair the folder (README section "Data"), or pass allowProblems: true to go on with the 6 good ones',
  ]);
});

Deno.test("loadCorpus() recognises the Kaggle archive", async () => {
  const { root, manifest, files } = await makeCorpus("ravdess");
  for (const [path, bytes] of files) await put(root, `audio_speech_actors_01-24/${path}`, bytes);
  const [head, duplicate, ...rest] = await errorLines(root, { manifest });
  strictEqual(head, `Cannot load RAVDESS from "${root}": expected 8 utterances, found 8 good`);
  strictEqual(
    duplicate,
    '  duplicate: 8 files of recordings that are there already (the Kaggle archive holds each file in two places): remove its folder "audio_speech_actors_01-24"',
  );
  strictEqual(rest.length, 1);
});

Deno.test("loadCorpus() reports misnamed and extra files by reason", async () => {
  const { root, manifest } = await makeCorpus("ravdess");
  await Deno.rename(join(root, RAVDESS_PATHS[7]), join(root, "Actor_02", "calm dogs.wav"));
  await put(root, "Actor_03/03-02-01-01-01-01-03.wav", noiseWav(50));
  await put(root, "Actor_03/03-01-01-01-01-01-03.wav", noiseWav(51));
  await put(root, "Actor_01/03-01-01-01-01-01-01.flac", noiseWav(52));
  deepStrictEqual((await errorLines(root, { manifest })).slice(1, -1), [
    "  missing: 1 recording (03-01-02-01-02-01-02)",
    "  counts: emotions: calm 3 of 4; speakers: 02 3 of 4",
    "  duplicate: 1 file of recordings that are there already: remove 1 file (Actor_01/03-01-01-01-01-01-01.wav)",
    "  misnamed: 1 file (Actor_02/calm dogs.wav): a name is seven two-digit numbers joined by -",
    "  extra: 1 file (Actor_03/03-01-01-01-01-01-03.wav): no recording of RAVDESS has this name",
    "  extra: 1 file (Actor_03/03-02-01-01-01-01-03.wav): song, not speech",
  ]);
});

Deno.test("loadCorpus() goes on with the good files when told to, duplicates once", async () => {
  const { root, manifest, files } = await makeCorpus("ravdess");
  await put(root, `copy/${RAVDESS_PATHS[0]}`, files.get(RAVDESS_PATHS[0])!);
  await Deno.remove(join(root, RAVDESS_PATHS[1]));
  await put(root, "other.wav", noiseWav(60));
  const corpus = await loadCorpus("ravdess", { root, manifest, allowProblems: true });
  strictEqual(corpus.utterances.length, 7);
  strictEqual(corpus.utterances[0].path, join(root, RAVDESS_PATHS[0]));
  deepStrictEqual(
    corpus.problems.map(({ kind, files }) => [kind, files.length]),
    [["missing", 1], ["counts", 0], ["duplicate", 1], ["misnamed", 1]],
  );
});

Deno.test("loadCorpus() says what lies in a wrong folder", async () => {
  const { manifest } = await makeCorpus("ravdess");
  const root = await Deno.makeTempDir();
  await put(root, "Actor_01/01-01-01-01-01-01-01.mp4", new Uint8Array());
  await put(root, "speech.zip", new Uint8Array());
  const wrong = (received: string) =>
    `Cannot load RAVDESS from "${root}": expected 1,440 recordings, received ${received}; README section "Data" tells what belongs there: run "deno task data ravdess" to download it (208 MB)`;
  for (const allowProblems of [false, true]) { // there is nothing to go on with
    const [line] = await errorLines(root, { manifest, allowProblems });
    match(line, /no \.wav or \.flac file, only (1 \.mp4, 1 \.zip|1 \.zip, 1 \.mp4); README/);
  }
  await put(root, "DC/a01.wav", noiseWav(1));
  deepStrictEqual(await errorLines(root, { manifest }), [
    wrong("none of 1 audio file has a name of it (the first is DC/a01.wav)"),
  ]);
});

Deno.test("loadCorpus() says that a folder cannot be read", async () => {
  const { manifest } = await makeCorpus("ravdess");
  const [line] = await errorLines("/no/such/folder", { manifest });
  match(line, /^Cannot load RAVDESS: cannot read the folder "\/no\/such\/folder" \(.*\); README/);
});

Deno.test("listCorpus() does not read the samples", async () => {
  const { root, manifest } = await makeCorpus("ravdess");
  await put(root, RAVDESS_PATHS[0], new Uint8Array());
  deepStrictEqual((await listCorpus("ravdess", { root, manifest })).problems, []);
  await rejects(listCorpus("ravdess", { root: join(root, "none"), manifest }), CorpusError);
});
