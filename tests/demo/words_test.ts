import { deepStrictEqual, doesNotMatch, match, strictEqual } from "node:assert/strict";
import { record, verdict, warnings, worth } from "ser/demo/page/words.ts";
import type { ModelFile } from "ser/recognition/model_file.ts";
import type { ModelAnswer, Recognition } from "ser/recognition/recogniser.ts";

const answer = (title: string, emotion: string, most: number) =>
  ({ title, emotion, probabilities: [1 - most, most] }) as ModelAnswer;

const verdictOf = (answers: ModelAnswer[], speechLike = true) =>
  verdict({ recognition: { answers }, speechLike });

Deno.test("verdict() is what more than half of the networks say, with the best of those", () => {
  const sad = answer("LSTM", "sad", 0.7), happy = answer("CNN", "happy", 0.9);
  strictEqual(
    verdictOf([happy, sad, sad]), // the best network is in the minority
    "Sad, say 2 of 3 networks; the best of them, LSTM, with a probability of 70 %.",
  );
  strictEqual(
    verdictOf([happy, happy]),
    "Happy, say all 2 networks; the best of them, CNN, with a probability of 90 %.",
  );
  strictEqual(verdictOf([happy]), "Happy, says CNN with a probability of 90 %.");
});

Deno.test("verdict() says that the networks disagree where no emotion has more than half of them", () => {
  const [sad, happy, calm] = ["sad", "happy", "calm"].map((word) => answer("CNN", word, 0.99));
  strictEqual(
    verdictOf([happy, sad, sad, happy]),
    "The networks disagree: 2 say happy, 2 sad.",
  );
  strictEqual(
    verdictOf([calm, sad, sad, happy, sad, happy]),
    "The networks disagree: 3 say sad, 2 happy, 1 calm.",
  );
  strictEqual(verdictOf([happy, sad]), "The networks disagree: 1 says happy, 1 sad.");
});

Deno.test("verdict() names no emotion where there is no speech, however sure the networks are", () => {
  const all = Array(6).fill(answer("CNN", "anger", 0.999));
  match(verdictOf(all, false), /^No emotion: this does not sound like speech/);
  doesNotMatch(verdictOf(all, false), /anger|%/i);
});

const network = (correct: number, after: number) =>
  ({
    corpus: { title: "EmoDB excerpt" },
    training: { correct, utterances: { train: 100, validation: 30, test: 40 } },
    calibration: { utterances: 30, error: { before: 2 * after, after, bins: 10 } },
  }) as ModelFile;

Deno.test("record() counts right answers on the test part", () => {
  strictEqual(record(network(30, 0)), "Right about 30 of 40 test sentences: 75 %.");
});

Deno.test("worth() gives the networks' mean calibration error in points, and does not promise it for others", () => {
  const text = worth([network(30, 0.1), network(20, 0.2)]);
  match(text, /on 30 sentences of EmoDB excerpt/);
  match(text, /off by 15\.0 points on average \(uncalibrated: 30\.0\)/);
  match(text, /A new voice, such as yours, is harder/);
});

Deno.test("warnings() are the reasons in words", () => {
  const reasons = [{ kind: "loud", text: "It is loud." }];
  deepStrictEqual(warnings({ familiarity: { reasons } } as unknown as Recognition), [
    "It is loud.",
  ]);
});
