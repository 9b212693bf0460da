import { deepStrictEqual, match } from "node:assert/strict";
import { loadDataset } from "ser/corpora/dataset.ts";
import { randomSplit } from "ser/corpora/splits.ts";
import { corpusTable, speakersInBoth } from "ser/views/corpus_table.ts";

const emodb = await loadDataset("emodb");

Deno.test("speakersInBoth() equals a search utterance by utterance", () => {
  const { train, test } = randomSplit(emodb.labels.length, { seed: 1 });
  const speaker = (i: number) => emodb.corpus.utterances[i].speaker;
  const found = emodb.corpus.info.speakers.filter((name) =>
    [...train].some((i) => speaker(i) === name) && [...test].some((i) => speaker(i) === name)
  );
  deepStrictEqual(speakersInBoth(emodb, { seed: 1 }), [...found].sort());
});

Deno.test("speakersInBoth() is empty where each speaker has one utterance", () => {
  const utterances = emodb.corpus.utterances.map((u, i) => ({ ...u, speaker: `speaker ${i}` }));
  const alone = { ...emodb, corpus: { ...emodb.corpus, utterances } };
  deepStrictEqual(speakersInBoth(alone, { seed: 1 }), []);
});

Deno.test("corpusTable() gives the sizes of corpus and parts", () => {
  const text = String(corpusTable([emodb], { seed: 0 }).bundle["text/plain"]);
  match(text, /EmoDB.* 188 +10 +4 +\d+ +150 +38 +10/);
});
