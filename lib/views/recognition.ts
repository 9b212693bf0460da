/** What trained networks say of a recording, as figures, tables and words for a notebook. @module */
import type { ModelFile } from "../recognition/model_file.ts";
import type { ModelAnswer, Recognition, Sound } from "../recognition/recogniser.ts";
import { answersFigure } from "../plots/answers.ts";
import { attentionFigure } from "../plots/attention.ts";
import type { Figure } from "../plots/figure.ts";
import { reliabilityFigure } from "../plots/reliability.ts";
import { type Output, table } from "../notebook/output.ts";
import { percent } from "../support/percent.ts";

/**
 * What the networks of some model files are worth: one row each.
 * @param networks As `Recogniser.networks`.
 */
export function networksTable(networks: readonly ModelFile[]): Output {
  return table(networks.map(({ title, corpus, training, calibration }) => ({
    "network": title,
    "learned from": `${training.utterances.train} of ${corpus.title}`,
    "test part right": `${training.correct} of ${training.utterances.test} (${
      percent(training.correct / training.utterances.test)
    })`,
    "temperature": calibration.temperature.toFixed(2),
    "calibration error before": percent(calibration.error.before),
    "after": percent(calibration.error.after),
  })));
}

/**
 * The probabilities of all networks.
 * @param kind Calibrated ones, or as the networks gave them. @default {"probabilities"}
 */
export const recognitionFigure = (
  { answers, emotions }: Recognition,
  title: string,
  kind: "probabilities" | "raw" = "probabilities",
): Figure =>
  answersFigure(
    answers.map((answer) => ({ title: answer.title, probabilities: answer[kind] })),
    emotions,
    title,
  );

/**
 * Where a network with attention looked, under the waveform of what it read.
 * @throws {RangeError} If there is no such network among the answers, or it has no attention.
 */
export function recognitionAttention(
  { samples, sampleRate }: Sound,
  { answers, secondsPerFrame, read, mfcc }: Recognition,
  model: ModelAnswer["model"],
  title: string,
): Figure {
  const answer = answers.find((answer) => answer.model === model), attention = answer?.attention;
  if (!attention) {
    const names = answers.filter(({ attention }) => attention).map(({ model }) => model);
    throw new RangeError(
      `Cannot draw the attention: expected one of ${
        names.join(", ") || "no network of these"
      }, received "${model}"`,
    );
  }
  const receptiveField = Math.round(attention.width / secondsPerFrame);
  const frames = read.all ? mfcc.rows : Math.round((read.to - read.from) / secondsPerFrame);
  const part = samples.subarray(
    Math.round(read.from * sampleRate),
    Math.round(read.to * sampleRate),
  );
  return attentionFigure(
    { samples: part, sampleRate, emotion: answer.emotion },
    attention.weights,
    {
      ...{ frames, receptiveField, secondsPerFrame, title },
      paddedFrames: attention.weights.length + receptiveField - 1,
      onOtherZeros: attention.onPadding,
    },
  );
}

/** Reliability of a network on its test part, before and after its temperature. */
export function networkReliability({ title, corpus, training, calibration }: ModelFile): Figure {
  const { reliability, error, temperature } = calibration;
  const panel = (when: "before" | "after", words: string) => ({
    title: `${words}: error ${percent(error[when])}`,
    bins: reliability[when],
  });
  return reliabilityFigure(
    [panel("before", "as trained"), panel("after", `temperature ${temperature.toFixed(2)}`)],
    `${title} on ${training.utterances.test} test utterances of ${corpus.title}`,
  );
}

/** How unlike the speech that the networks know a recording is, in words (Markdown). */
export function familiarityInWords({ familiarity }: Recognition): string {
  const { familiar, reasons, distance, limit } = familiarity;
  const measured = `distance ${distance.toFixed(1)}, limit ${limit.toFixed(1)}`;
  if (familiar) return `**Familiar:** nothing about it is unlike the corpus (${measured}).`;
  return `**Unlike the corpus** (${measured}); expect less of the answers:\n\n` +
    reasons.map(({ text }) => `- ${text}`).join("\n");
}
