import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { CORPUS_NAMES, corpusInfo, isCorpusName, nameParser } from "ser/corpora/info.ts";
import type { CorpusName } from "ser/corpora/types.ts";

Deno.test("corpusInfo() and nameParser() agree about every corpus", () => {
  const names = { ravdess: "03-01-01-01-01-01-01", savee: "DC_a01", emodb: "03a01Wa" };
  for (const name of CORPUS_NAMES) {
    const facts = nameParser(name)(`${names[name]}.wav`);
    strictEqual(corpusInfo(name).name, name);
    if (!("id" in facts)) throw new Error(`refused: ${names[name]}`);
    deepStrictEqual([facts.corpus, facts.id], [name, names[name]]);
    strictEqual(corpusInfo(name).emotions[facts.label], facts.emotion);
    strictEqual(corpusInfo(name).speakers.includes(facts.speaker), true);
  }
});

Deno.test("corpusInfo() has the paper's frames, and shows samples of EmoDB only", () => {
  deepStrictEqual(CORPUS_NAMES.map((name) => corpusInfo(name).frames), [228, 308, undefined]);
  deepStrictEqual(CORPUS_NAMES.map((name) => corpusInfo(name).mayBeShown), [false, false, true]);
});

Deno.test("corpusInfo() names the corpora when asked for another", () => {
  throws(() => corpusInfo("iemocap" as CorpusName), {
    name: "RangeError",
    message: 'Cannot find the corpus: expected one of ravdess, savee, emodb, received "iemocap"',
  });
  strictEqual(isCorpusName("toString"), false);
});
