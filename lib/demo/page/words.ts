/** What the page says about answers, in words. @module */
import type { ModelFile } from "../../recognition/model_file.ts";
import type { ModelAnswer, Recognition } from "../../recognition/recogniser.ts";
import { certainty, points } from "../../support/percent.ts";

/** How good a network is, one sentence. */
export function record({ training: { correct, utterances } }: ModelFile): string {
  return `Right about ${correct} of ${utterances.test} test sentences: ${
    certainty(correct / utterances.test)
  }.`;
}

/**
 * What the networks say together.
 * @param answers Best network first.
 * @returns For example `"Sadness, says CNN-ATN with a probability of 72 %; 4 of 6 networks agree."`.
 */
export function verdict(answers: readonly ModelAnswer[]): string {
  const [{ emotion, title, probabilities }, ...others] = answers;
  const agree = 1 + others.filter((answer) => answer.emotion === emotion).length;
  const share = certainty(Math.max(...probabilities));
  const word = emotion[0].toUpperCase() + emotion.slice(1);
  return `${word}, says ${title} with a probability of ${share}; ${
    agree === 1 ? "no other network agrees" : `${agree} of ${answers.length} networks agree`
  }.`;
}

/** Why to expect less of the answers; none if the recording is like those of the corpus. */
export function warnings({ familiarity }: Recognition): string[] {
  return familiarity.reasons.map(({ text }) => text);
}

/** What the numbers of a set of networks are worth. */
export function worth(networks: readonly ModelFile[]): string {
  const [{ corpus, training: { utterances }, calibration }] = networks;
  const mean = (side: "before" | "after") => {
    const errors = networks.map(({ calibration: { error } }) => error[side]);
    return points(errors.reduce((a, b) => a + b, 0) / errors.length);
  };
  return `The probabilities are calibrated by temperature scaling on ${calibration.utterances} sentences of ` +
    `${corpus.title} that the networks did not learn from. On ${utterances.test} further sentences they are still ` +
    `off by ${mean("after")} points on average (uncalibrated: ${
      mean("before")
    }), and all of those were said by ` +
    `speakers whom the networks know. A new voice, such as yours, is harder: expect the probabilities to be too high.`;
}
