import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { record, verdict, warnings, worth } from "ser/demo/page/words.ts";
import type { ModelFile } from "ser/recognition/model_file.ts";
import type { ModelAnswer, Recognition } from "ser/recognition/recogniser.ts";

const answer = (title: string, emotion: string, most: number) =>
  ({ title, emotion, probabilities: [1 - most, most] }) as ModelAnswer;

Deno.test("verdict() is the first network's, with how many agree", () => {
  const sad = answer("LSTM", "sad", 0.7), happy = answer("CNN", "happy", 0.9);
  strictEqual(
    verdict([sad, happy, sad]),
    "Sad, says LSTM with a probability of 70 %; 2 of 3 networks agree.",
  );
  strictEqual(
    verdict([happy, sad]),
    "Happy, says CNN with a probability of 90 %; no other network agrees.",
  );
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
