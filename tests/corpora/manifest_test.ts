import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { CORPUS_NAMES, corpusInfo, nameParser } from "ser/corpora/info.ts";
import {
  compareSamples,
  type Manifest,
  manifestPath,
  parseManifest,
  readManifest,
  readSamples,
  type SampleFacts,
} from "ser/corpora/manifest.ts";
import type { CorpusName, Utterance } from "ser/corpora/types.ts";
import { sha256 } from "ser/support/files.ts";
import { formatManifest, makeManifest } from "./make_manifest.ts";
import { makeCorpus, put, RAVDESS_PATHS } from "./synthetic.ts";

for (const name of CORPUS_NAMES) {
  Deno.test(`readManifest() of ${name} has the published counts`, async () => {
    const info = corpusInfo(name);
    const facts = [...(await readManifest(name)).keys()].map(nameParser(name))
      .filter((facts) => "id" in facts);
    const perEmotion = Object.groupBy(facts, ({ emotion }) => emotion);
    strictEqual(facts.length, info.utterances);
    for (const emotion of info.emotions) {
      strictEqual(perEmotion[emotion]!.length, info.countsPerEmotion[emotion]);
    }
    strictEqual(new Set(facts.map(({ speaker }) => speaker)).size, info.speakers.length);
  });
}

Deno.test("readManifest() of RAVDESS and SAVEE has the longest recordings of the paper's frames", async () => {
  const longest = async (name: CorpusName) =>
    [...await readManifest(name)].sort(([, a], [, b]) => b.samples - a.samples)[0];
  const frames = (samples: number, rate: number) =>
    1 + Math.floor(Math.ceil(samples * 22050 / rate) / 512);
  const [ravdessId, ravdess] = await longest("ravdess");
  deepStrictEqual([ravdessId, ravdess.samples], ["03-01-07-02-01-02-19", 253_053]);
  strictEqual(frames(ravdess.samples, ravdess.sampleRate), 228);
  const [saveeId, savee] = await longest("savee");
  strictEqual(saveeId, "JE_sa14");
  strictEqual(frames(savee.samples, savee.sampleRate), 308);
});

Deno.test("the committed manifest of EmoDB is that of data/emodb", async () => {
  const text = formatManifest("emodb", await makeManifest("emodb"));
  strictEqual(await Deno.readTextFile(manifestPath("emodb")), text);
});

Deno.test("makeManifest() refuses a folder that is not the published corpus", async () => {
  const { root } = await makeCorpus("ravdess");
  await rejects(makeManifest("ravdess", root), /expected 1,440 utterances, found 8 good/);
});

Deno.test("parseManifest() reads what formatManifest() writes", async () => {
  const { manifest } = await makeCorpus("ravdess");
  deepStrictEqual(parseManifest(formatManifest("ravdess", manifest)), manifest);
});

Deno.test("parseManifest() refuses damaged text", async () => {
  const { manifest } = await makeCorpus("ravdess");
  const text = formatManifest("ravdess", manifest);
  strictEqual(parseManifest(""), undefined);
  strictEqual(parseManifest(text.slice(0, -10)), undefined); // cut off in a checksum
  strictEqual(parseManifest(text.replace("\t22050\t", "\tfast\t")), undefined);
});

Deno.test("readSamples() takes fingerprints and keeps errors", async () => {
  const { root, manifest, files } = await makeCorpus("ravdess");
  await put(root, RAVDESS_PATHS[1], new Uint8Array());
  const utterances = RAVDESS_PATHS.map((path) => {
    const facts = nameParser("ravdess")(path);
    return { ...facts, path: `${root}/${path}` } as Utterance;
  });
  const seen: number[] = [];
  const facts = await readSamples(utterances, (done) => seen.push(done));
  deepStrictEqual(seen, [1, 2, 3, 4, 5, 6, 7, 8]);
  strictEqual("error" in facts[1] && facts[1].error.name, "SyntaxError");
  const [first] = facts;
  deepStrictEqual("entry" in first && first.entry, manifest.get(first.utterance.id));
  const dataChunk = files.get(RAVDESS_PATHS[0])!.subarray(44); // of a 16-bit WAV: the samples
  strictEqual("entry" in first && first.entry.sha256, await sha256(dataChunk));
});

Deno.test("compareSamples() says how a recording differs", () => {
  const entry = (n: number) => ({ samples: 100, sampleRate: 48000, sha256: `${n}`.repeat(64) });
  const manifest: Manifest = new Map([..."abcdef"].map((id, i) => [id, entry(i)]));
  const fact = (id: string, found: object): SampleFacts =>
    ({ utterance: { id }, ...found }) as unknown as SampleFacts;
  const facts = [
    fact("a", { entry: entry(0) }), // as published
    fact("b", { entry: { ...entry(7), sampleRate: 16000 } }),
    fact("c", { entry: { ...entry(8), samples: 60 } }),
    fact("d", { entry: { ...entry(9), samples: 70 } }),
    fact("e", { entry: entry(0) }), // the samples of a
    fact("f", { error: new SyntaxError('Cannot decode "/x/f.wav": the file is empty') }),
  ];
  const { problems, bad } = compareSamples(facts, manifest);
  deepStrictEqual(problems.map(({ kind, message }) => `${kind}: ${message}`), [
    "altered: 1 recording (b): expected 48000 Hz, received 16000 Hz: a resampled copy",
    "altered: 2 recordings (c, d): for example c: truncated: expected 100 samples, received 60",
    "altered: 1 recording (e): holds the recording a",
    "unreadable: 1 recording (f): the file is empty",
  ]);
  deepStrictEqual([...bad], ["b", "c", "d", "e", "f"]);
});

Deno.test("readSamples() does not stop at a file that is gone", async () => {
  const utterance = { id: "x", path: "/no/such/file.wav" } as Utterance;
  const [fact] = await readSamples([utterance]);
  strictEqual("error" in fact && fact.error instanceof Deno.errors.NotFound, true);
});
