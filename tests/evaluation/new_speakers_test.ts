import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { newSpeakers, speakerFall } from "ser/evaluation/new_speakers.ts";
import { type FinishedRun, groupRuns, type RunGroup } from "ser/evaluation/run_groups.ts";
import { experiment } from "ser/training/experiment.ts";
import { madeUpRun } from "./made_up_runs.ts";

/** Answers "12/20": of speaker DC's two utterances one is right, and so on. */
function group(right: Record<string, boolean[]>): RunGroup {
  const predictions = Object.entries(right).flatMap(([speaker, answers]) =>
    answers.map((is, i) => ({
      ...{ id: `${speaker}_a0${i + 1}`, label: 0, predicted: is ? 0 : 1, probabilities: [] },
    }))
  );
  const described = experiment({ corpus: "savee" });
  const run = {
    ...{ experiment: described, predictions },
    data: { corpus: "savee", classes: ["anger", "other"] },
  } as unknown as FinishedRun;
  return { ...groupRuns([described], [])[0], runs: [run] };
}

Deno.test("speakerFall() gives both accuracies and their difference, counted by hand", () => {
  const known = group({ DC: [true, true], JE: [true, false] });
  const fresh = group({ DC: [true, false], JE: [false, false] });
  const found = speakerFall(known, fresh, { seed: 0, resamples: 200 })!;
  deepStrictEqual(found.speakers, ["DC", "JE"]);
  deepStrictEqual(
    [found.known.estimate, found.fresh.estimate, found.fall.estimate],
    [0.75, 0.25, 0.5],
  );
  deepStrictEqual(found.fresh.interval, [0, 0.5]); // JE twice, or DC twice
  deepStrictEqual(found.fall.interval, [0.5, 0.5]); // the same for both speakers
  deepStrictEqual([found.knownRecall, found.freshRecall], [0.75, 0.25]);
});

Deno.test("speakerFall() looks at speakers who were tested both ways, and needs two", () => {
  const known = group({ DC: [true], JE: [false], KL: [true] });
  const two = speakerFall(known, group({ JE: [true], DC: [true] }), { seed: 0, resamples: 10 })!;
  deepStrictEqual([two.speakers, two.known.estimate], [["DC", "JE"], 0.5]);
  strictEqual(speakerFall(known, group({ DC: [true] }), { seed: 0 }), undefined);
  strictEqual(speakerFall(known, { ...known, runs: [] }, { seed: 0 }), undefined);
  throws(() => speakerFall(group({ XX: [true] }), known, { seed: 0 }), {
    message: 'Cannot tell the speaker: expected a name of savee, received "XX_a01"',
  });
});

Deno.test("speakerFall() tests all 24 actors of RAVDESS once over the folds", async () => {
  const folds = [1, 2, 3, 4, 5].map((fold) =>
    experiment({ model: "sdnn", split: "speaker-independent", fold })
  );
  const seeds = [0, 1].map((seed) => experiment({ model: "sdnn", seed }));
  const made = (all: typeof folds, right: number) =>
    Promise.all(all.map((each) => madeUpRun(each, { right })));
  const [fresh] = groupRuns(folds, await made(folds, 0.2));
  const [known] = groupRuns(seeds, await made(seeds, 0.8));
  const { speakers, fall } = speakerFall(known, fresh, { seed: 0, resamples: 500 })!;
  strictEqual(speakers.length, 24);
  strictEqual(fresh.runs.reduce((sum, { predictions }) => sum + predictions.length, 0), 1440);
  ok(fall.estimate > 0.4 && fall.interval[0] > 0.3 && fall.interval[0] < fall.estimate);
});

Deno.test("newSpeakers() gives the accuracy on new speakers that speakerFall() gives", () => {
  const known = group({ DC: [true, true], JE: [true, false] });
  const fresh = group({ JE: [false, false], DC: [true, false] });
  const options = { seed: 3, resamples: 200 };
  const found = newSpeakers(fresh, options)!,
    { fresh: beside, freshRecall } = speakerFall(
      ...[known, fresh, options] as const,
    )!;
  deepStrictEqual(found, { speakers: 2, accuracy: beside, recall: freshRecall });
  strictEqual(found.accuracy.estimate, 0.25); // 1 of 4
  strictEqual(newSpeakers(group({ DC: [true] }), options), undefined);
});
