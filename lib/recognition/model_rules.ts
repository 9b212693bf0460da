/**
 * What may stand in a model file, field by field: numbers in a sane range, words of their sets, lists as
 * long as others say. A damaged or forged file shall neither fill the memory nor give an answer. @module
 */
import { CORPUS_NAMES } from "../corpora/info.ts";
import { SCALINGS } from "../features/scaling.ts";
import { completeOptions, MODEL_NAMES } from "../models/catalogue.ts";
import type { ModelFile } from "./model_file.ts";
import { byteCount } from "./weights.ts";

/** Checks a value; `at` says where it stands. @throws {RangeError} */
type Rule = (value: unknown, at: string) => void;

function refuse(at: string, expected: string, received: unknown): never {
  const json = JSON.stringify(received) ?? "nothing";
  const short = json.length > 60 ? `${json.slice(0, 60)}...` : json;
  throw new RangeError(`expected ${at} to be ${expected}, received ${short}`);
}

const range =
  (kind: string, isKind: (value: unknown) => boolean) =>
  (least: number, most: number): Rule =>
  (value, at) => {
    if (isKind(value) && Number(value) >= least && Number(value) <= most) return;
    refuse(at, `a ${kind} from ${least} to ${most}`, value);
  };
const number = range("number", (value) => typeof value === "number");
const whole = range("whole number", Number.isInteger);

const text: Rule = (value, at) => {
  if (typeof value !== "string" || value.length > 10_000) refuse(at, "a text", value);
};

const word = (words: readonly unknown[]): Rule => (value, at) => {
  if (!words.includes(value)) refuse(at, `one of ${words.join(", ")}`, value);
};

const list = (rule: Rule, least: number, most: number): Rule => (value, at) => {
  if (!Array.isArray(value) || value.length < least || value.length > most) {
    const count = least === most ? `${least}` : `${least} to ${most}`;
    refuse(at, `a list of ${count}`, Array.isArray(value) ? { length: value.length } : value);
  }
  value.forEach((item, i) => rule(item, `${at}[${i}]`));
};

const fields = (rules: Readonly<Record<string, Rule>>): Rule => (value, at) => {
  if (typeof value !== "object" || value === null) refuse(at, "an object", value);
  for (const [name, rule] of Object.entries(rules)) {
    rule((value as Record<string, unknown>)[name], at ? `${at}.${name}` : name);
  }
};

const optional = (rule: Rule): Rule => (value, at) => {
  if (value !== undefined) rule(value, at);
};

const same = (expected: unknown, received: unknown, at: string): void => {
  if (received !== expected) refuse(at, String(expected), received);
};

const share = number(0, 1), count = whole(0, 1e7), finite = number(-1e6, 1e6);
const bins = list(
  fields({ from: share, to: share, count, accuracy: share, confidence: share }),
  0,
  1000,
);
const SECONDS = fields({ least: number(0, 1e4), median: number(0, 1e4), most: number(0, 1e4) });

/** What can be said of each field alone. */
const ALONE = fields({
  model: word(MODEL_NAMES),
  title: text,
  modelOptions: fields({}),
  labels: list(text, 2, 100),
  corpus: fields({ name: word(CORPUS_NAMES), title: text }),
  features: fields({
    sampleRate: whole(8_000, 48_000),
    nFft: word(Array.from({ length: 12 }, (_, i) => 2 ** (i + 5))), // 32 to 65,536
    hopLength: whole(1, 65_536),
    nMels: whole(1, 1024),
    nMfcc: whole(1, 1024),
    frames: whole(1, 10_000),
    padding: word(["before", "after"]),
  }),
  scaling: fields({
    kind: word(SCALINGS),
    offset: list(finite, 0, 1024),
    spread: list(number(0, 1e6), 0, 1024),
  }),
  weights: fields({
    tensors: list(
      fields({
        name: text,
        shape: list(whole(1, 1e6), 0, 6),
        scale: optional(number(0, 1e6)),
        min: optional(finite),
      }),
      1,
      1000,
    ),
    base64: (value, at) => typeof value === "string" || refuse(at, "a text", value),
  }),
  calibration: fields({
    temperature: number(1e-3, 1e3),
    utterances: count,
    error: fields({ before: share, after: share, bins: whole(1, 1000) }),
    reliability: fields({ before: bins, after: bins }),
  }),
  training: fields({
    run: text,
    protocol: text,
    seed: whole(0, Number.MAX_SAFE_INTEGER),
    epochs: count,
    utterances: fields({ train: count, validation: count, test: count }),
    correct: count,
  }),
  speech: fields({
    utterances: fields({ learned: count, heldOut: count }),
    seconds: fields({ least: number(0, 1e4), most: number(0, 1e4) }),
    silence: fields({ before: SECONDS, after: SECONDS }),
    level: fields({ low: number(-1000, 1000), high: number(-1000, 1000) }),
    means: fields({
      mean: list(finite, 1, 1024),
      deviation: list(number(0, 1e6), 1, 1024),
      cholesky: list(finite, 1, 1024 * 1025 / 2),
    }),
    farthest: number(0, 1e6),
  }),
  licence: fields({ id: text, notice: text, citation: text }),
  code: optional(fields({ commit: text, lib: text })),
});

/** What can only be said of fields together. */
function checkTogether(file: ModelFile): void {
  const { features, scaling, weights, speech, training } = file, { nMfcc, nFft } = features;
  whole(1, features.nMels)(nMfcc, "features.nMfcc");
  // so that five minutes of frames fit in memory: no more than 16 of them overlap
  whole(Math.max(1, nFft / 16), nFft)(features.hopLength, "features.hopLength");
  same(file.labels.length, new Set(file.labels).size, "the number of different labels");
  const columns = scaling.kind === "raw" ? 0 : nMfcc;
  list(finite, columns, columns)(scaling.offset, "scaling.offset");
  list(finite, columns, columns)(scaling.spread, "scaling.spread");
  for (const { name, scale, min } of weights.tensors) {
    same(typeof scale, typeof min, `min of "${name}", as its scale,`);
  }
  const bytes = byteCount(weights.tensors);
  same(4 * Math.ceil(bytes / 3), weights.base64.length, "the length of weights.base64");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(weights.base64)) refuse("weights.base64", "base64", "others");
  list(finite, nMfcc, nMfcc)(speech.means.mean, "speech.means.mean");
  list(finite, nMfcc, nMfcc)(speech.means.deviation, "speech.means.deviation");
  const triangle = nMfcc * (nMfcc + 1) / 2;
  list(finite, triangle, triangle)(speech.means.cholesky, "speech.means.cholesky");
  for (let row = 0, at = 0; row < nMfcc; row++, at += row + 1) {
    number(1e-6, 1e6)(speech.means.cholesky[at], `speech.means.cholesky[${at}]`);
  }
  number(speech.seconds.least, 1e4)(speech.seconds.most, "speech.seconds.most");
  for (const side of ["before", "after"] as const) {
    const { least, median, most } = speech.silence[side];
    number(0, median)(least, `speech.silence.${side}.least`);
    number(median, 1e4)(most, `speech.silence.${side}.most`);
  }
  number(speech.level.low, 1000)(speech.level.high, "speech.level.high");
  whole(0, training.utterances.test)(training.correct, "training.correct");
  const complete = Object.keys(completeOptions(file.model, file.modelOptions)).sort().join();
  same(complete, Object.keys(file.modelOptions).sort().join(), "the names of modelOptions");
}

/**
 * Checks every field of a model file.
 * @param network What the file holds.
 * @throws {RangeError} If a number is out of range, a word none of its set, or a length another than
 * others say; the message begins with "expected" and names the field.
 * @throws {TypeError} If the architecture has no such option.
 */
export function checkModelFile(network: unknown): asserts network is ModelFile {
  ALONE(network, "");
  checkTogether(network as ModelFile);
}
