import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { accuracy, unweightedAverageRecall } from "ser/evaluation/metrics.ts";
import {
  speakerDifference,
  speakerInterval,
  type SpokenAnswer,
} from "ser/evaluation/speaker_bootstrap.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

interface Case {
  seed: number;
  classes: number;
  resamples: number;
  confidence: number;
  measure: "accuracy" | "uar";
  speakers: string[];
  labels: number[];
  predicted: [number[], number[]];
  estimate: number;
  interval: number[];
  difference: number;
  differenceInterval: number[];
}
const { cases } = await readFixture<{ cases: Case[] }>("bootstrap.json");
const MEASURES = { accuracy, uar: unweightedAverageRecall };

const answersOf = ({ speakers, labels, predicted }: Case, model: 0 | 1): SpokenAnswer[] =>
  speakers.map((speaker, i) => ({ speaker, label: labels[i], predicted: predicted[model][i] }));

Deno.test("speakerInterval() equals lists of utterances drawn and measured by NumPy and scikit-learn", () => {
  for (const fixture of cases) {
    const { estimate, interval, classes, seed, resamples, confidence, measure } = fixture;
    const options = { classes, seed, resamples, confidence, measure: MEASURES[measure] };
    const ours = speakerInterval(answersOf(fixture, 0), options);
    near([ours.estimate, ...ours.interval], [estimate, ...interval], `${measure}, seed ${seed}`);
    const both = speakerDifference(answersOf(fixture, 0), answersOf(fixture, 1), options);
    near(both.estimate, fixture.difference, `difference of ${measure}`);
    near(both.interval, fixture.differenceInterval, `interval of the difference of ${measure}`);
  }
});

Deno.test("speakerInterval() does not mind the order of the answers", () => {
  const answers = answersOf(cases[0], 0), options = { classes: 8, seed: 0, resamples: 50 };
  deepStrictEqual(
    speakerInterval(answers.toReversed(), options),
    speakerInterval(answers, options),
  );
});

Deno.test("speakerInterval() gains nothing from a speaker's saying the same many times", () => {
  const once: SpokenAnswer[] = Array.from({ length: 12 }, (_, i) => ({
    ...{ speaker: String(i).padStart(2, "0"), label: 0, predicted: i % 3 === 0 ? 1 : 0 },
  }));
  const often = once.flatMap((answer) => Array<SpokenAnswer>(20).fill(answer));
  const options = { classes: 2, seed: 5, resamples: 200 };
  deepStrictEqual(speakerInterval(often, options), speakerInterval(once, options));
});

Deno.test("speakerDifference() of a model and itself is 0, and is narrower than of strangers", () => {
  const [first, second] = [answersOf(cases[0], 0), answersOf(cases[0], 1)];
  const options = { classes: 8, seed: 0, resamples: 200 };
  deepStrictEqual(speakerDifference(first, first, options), { estimate: 0, interval: [0, 0] });
  const width = ([low, high]: [number, number]) => high - low;
  const paired = width(speakerDifference(first, second, options).interval);
  ok(paired < width(speakerInterval(first, options).interval) * 2);
});

Deno.test("speakerDifference() refuses other utterances, and one speaker is not enough", () => {
  const answers = answersOf(cases[0], 0);
  throws(() => speakerDifference(answers, answers.slice(1), { classes: 8, seed: 0 }), {
    name: "RangeError",
    message: /expected the same utterances, received \d+ of 24 speakers and \d+ of 24/,
  });
  const alone = answers.filter(({ speaker }) => speaker === "01");
  throws(() => speakerInterval(alone, { classes: 8, seed: 0 }), {
    name: "RangeError",
    message: /expected at least 2 clusters/,
  });
  throws(() => speakerInterval(answers, { classes: 2, seed: 0 }), {
    name: "RangeError",
    message: /expected classes in \[0, 2\)/,
  });
});
