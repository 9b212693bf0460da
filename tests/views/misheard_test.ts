import { JSDOM } from "jsdom";
import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { corpusInfo, nameParser } from "ser/corpora/info.ts";
import type { Corpus } from "ser/corpora/load.ts";
import type { CorpusName, NameFacts } from "ser/corpora/types.ts";
import { listenTo } from "ser/notebook/listen.ts";
import { misheardView } from "ser/views/misheard.ts";
import type { Prediction } from "ser/training/stored_run.ts";

/** A corpus of these recordings; SAVEE's lie in a folder of the speaker. */
function corpusOf(name: CorpusName, files: readonly string[]): Corpus {
  const utterances = files.map((file) => ({
    ...nameParser(name)(file) as NameFacts,
    path: `/elsewhere/${name}/${file}`,
  }));
  return { info: corpusInfo(name), root: `/elsewhere/${name}`, utterances, problems: [] };
}

/** A run of two classes. */
function runOf(corpus: Corpus, predictions: Prediction[]) {
  const classes = corpus.info.emotions.slice(0, 2);
  const data = { corpus: corpus.info.name, classes, trainCounts: [], train: 0, test: 0, hash: "" };
  return { predictions, data };
}

const answer = (id: string, label: number, predicted: number, sure = 0.9): Prediction => ({
  ...{ id, label, predicted },
  probabilities: predicted === 0 ? [sure, 1 - sure] : [1 - sure, sure],
});

const emodb = corpusOf("emodb", ["03a01Wa.flac", "03a02Wb.flac", "03a01Fa.flac"]);
const run = runOf(emodb, [
  answer("03a02Wb", 0, 1, 0.6),
  answer("03a01Wa", 0, 1, 0.8),
  answer("03a01Fa", 1, 1),
]);

const pageOf = ({ bundle }: ReturnType<typeof misheardView>) =>
  new JSDOM(String(bundle["text/html"])).window.document;

Deno.test("misheardView() is the confusion matrix as a table with headings", () => {
  const page = pageOf(misheardView(run, { corpus: emodb }));
  const texts = (selector: string) =>
    [...page.querySelectorAll(selector)].map(({ textContent }) => textContent);
  deepStrictEqual(texts("thead th"), ["anger", "happiness"]);
  deepStrictEqual(texts("tbody th"), ["anger", "happiness"]);
  deepStrictEqual(texts("td summary"), ["2"]);
  const cells = [...page.querySelectorAll("tbody td")];
  deepStrictEqual(cells.map((cell) => cell.querySelector("details") !== null), [
    ...[false, true],
    ...[false, false],
  ]);
  deepStrictEqual([cells[0].textContent, cells[3].textContent], ["", "1"]);
});

Deno.test("misheardView() lists in a cell who was taken for what, the surest first, to be heard", () => {
  const page = pageOf(misheardView(run, { corpus: emodb }));
  const items = [...page.querySelectorAll("details li")];
  deepStrictEqual(items.map(({ textContent }) => textContent), [
    "03a01Wa: speaker 03, “Der Lappen liegt auf dem Eisschrank”; 80 % happiness, 20 % anger",
    "03a02Wb: speaker 03, “Das will sie am Mittwoch abgeben”; 60 % happiness, 40 % anger",
  ]);
  const players = [...page.querySelectorAll("audio")];
  deepStrictEqual(players.map((each) => each.getAttribute("src")), [
    "../data/emodb/03a01Wa.flac",
    "../data/emodb/03a02Wb.flac",
  ]);
  ok(players.every((each) => each.preload === "none"));
});

Deno.test("misheardView() and listenTo() never hold a sample: no data address, no player for SAVEE", () => {
  const corpus = corpusOf("savee", ["DC/a01.wav", "DC/d01.wav"]);
  const { bundle } = misheardView(runOf(corpus, [answer("DC_a01", 0, 1)]), { corpus });
  const source = String(bundle["text/html"]);
  match(source, /DC_a01: speaker DC/);
  for (const part of ["<audio", "data:", "base64", "/elsewhere"]) ok(!source.includes(part), part);
  const heard = JSON.stringify(listenTo(corpus, "DC_a01").bundle);
  match(heard, /src=\\"http:\/\/127\.0\.0\.1:/);
  for (const part of ["data:", "base64", "/elsewhere"]) ok(!heard.includes(part), part);
});

Deno.test("misheardView() says in words what the cells hold", () => {
  const plain = (predictions: Prediction[]) =>
    misheardView(runOf(emodb, predictions), { corpus: emodb }).bundle["text/plain"];
  strictEqual(plain(run.predictions), "anger taken for happiness: 03a01Wa, 03a02Wb");
  strictEqual(plain([answer("03a01Fa", 1, 1)]), "All were recognised.");
});

Deno.test("listenTo() refuses an utterance that the corpus does not have", () => {
  throws(() => listenTo(emodb, "03a01Ta"), {
    name: "RangeError",
    message: 'Cannot play the utterance: expected one of EmoDB excerpt, received "03a01Ta"',
  });
});
