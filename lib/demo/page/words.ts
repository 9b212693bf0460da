/** What the page says about answers, in words. @module */
import type { ModelFile } from "../../recognition/model_file.ts";
import type { Recognition } from "../../recognition/recogniser.ts";
import { certainty, points } from "../../support/percent.ts";

/** How good a network is, one sentence. */
export function record({ training: { correct, utterances } }: ModelFile): string {
  return `Right about ${correct} of ${utterances.test} test sentences: ${
    certainty(correct / utterances.test)
  }.`;
}

/**
 * What the networks, best first, say together: the emotion of more than half of them, or that there is none.
 * For example `"Sadness, say 4 of 6 networks; the best of them, CNN-ATN, with a probability of 72 %."`.
 */
export function verdict(
  { recognition: { answers }, speechLike }: {
    recognition: Pick<Recognition, "answers">;
    speechLike: boolean;
  },
): string {
  if (!speechLike) {
    return "No emotion: this does not sound like speech, and the networks know nothing else. " +
      "Do not believe what they answer below.";
  }
  const groups = [...Map.groupBy(answers, ({ emotion }) => emotion)]
    .sort(([, one], [, other]) => other.length - one.length);
  const [emotion, [{ title, probabilities }, ...others]] = groups[0];
  const agree = 1 + others.length, all = answers.length;
  if (agree <= all / 2) {
    const words = groups.map(([emotion, { length }], i) =>
      `${length}${i ? "" : length === 1 ? " says" : " say"} ${emotion}`
    );
    return `The networks disagree: ${words.join(", ")}.`;
  }
  const word = emotion[0].toUpperCase() + emotion.slice(1);
  const share = `with a probability of ${certainty(Math.max(...probabilities))}.`;
  if (agree === 1) return `${word}, says ${title} ${share}`;
  const voters = agree === all ? `all ${all}` : `${agree} of ${all}`;
  return `${word}, say ${voters} networks; the best of them, ${title}, ${share}`;
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
