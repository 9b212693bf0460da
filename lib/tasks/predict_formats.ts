/** What `deno task predict` prints of each recording: text, JSON or CSV. @module */
import { cutInWords, type Silence } from "../audio/trim.ts";
import type { ModelAnswer, Recognition } from "../recognition/recogniser.ts";
import { certainty } from "../support/percent.ts";
import { jsonLine, shown } from "../support/shown.ts";

/** What the networks say, and the silence that was cut off before they were asked, in seconds. */
export type CutRecognition = Recognition & { cut: Silence };

/** Turns results into lines. */
export interface PredictFormat {
  /** The line before all others, if there is one. */
  head?: string;
  /** The lines of one recording; `note` says what is to be known of how its file was read. */
  lines(file: string, result: CutRecognition, note?: string): string[];
}

/** Which format. */
export type FormatName = "text" | "json" | "csv";

const decimals = (value: number, digits: number): number => Number(value.toFixed(digits));

/** A format for results of a recogniser. */
export function predictFormat(
  name: FormatName,
  emotions: readonly string[],
  titles: readonly string[],
): PredictFormat {
  if (name === "json") return { lines: (...about) => [jsonLine(jsonOf(...about))] };
  if (name === "csv") return csv(emotions);
  const width = Math.max(...emotions.map((emotion) => emotion.length)) + " > 99 %".length;
  const head = ["length".padStart(8), ...titles.map((title) => title.padEnd(width)), "file"];
  return { head: head.join("  "), lines: (...about) => textLines(width, ...about) };
}

/** Duration of the file. */
const fileSeconds = ({ seconds, cut }: CutRecognition): number => seconds + cut.before + cut.after;

/**
 * Six decimals of probabilities; attention to four digits, one number for each MFCC frame. Frames and
 * `read` count from `cut.before` of the file, which is negative where silence was added.
 */
function jsonOf(file: string, result: CutRecognition, note?: string): object {
  const { emotions, answers, secondsPerFrame, read, cut, familiarity } = result;
  const byEmotion = (probabilities: readonly number[]) =>
    Object.fromEntries(emotions.map((emotion, i) => [emotion, decimals(probabilities[i], 6)]));
  return {
    file,
    seconds: decimals(fileSeconds(result), 3),
    cut: { before: decimals(cut.before, 3), after: decimals(cut.after, 3) },
    models: Object.fromEntries(answers.map((answer) => [answer.model, {
      emotion: answer.emotion,
      probabilities: byEmotion(answer.probabilities),
      raw: byEmotion(answer.raw),
      ...(answer.attention
        ? {
          attention: Array.from(
            answer.attention.frameWeights,
            (weight) => Number(weight.toPrecision(4)),
          ),
        }
        : {}),
    }])),
    secondsPerFrame,
    read,
    familiar: familiarity.familiar,
    distance: decimals(familiarity.distance, 3),
    limit: familiarity.limit,
    reasons: familiarity.reasons,
    ...(note ? { note } : {}),
  };
}

function csv(emotions: readonly string[]): PredictFormat {
  const cuts = ["cut before", "cut after"], last = ["familiar", "reasons", "note"];
  const head = ["file", "seconds", ...cuts, "model", "emotion", ...emotions, ...last];
  return {
    head: head.map(quoted).join(","),
    lines: (file, result, note = "") =>
      result.answers.map(({ model, emotion, probabilities }) =>
        [
          shown(file),
          fileSeconds(result).toFixed(3),
          result.cut.before.toFixed(3),
          result.cut.after.toFixed(3),
          model,
          emotion,
          ...probabilities.map((p) => p.toFixed(6)),
          String(result.familiarity.familiar),
          result.familiarity.reasons.map(({ kind }) => kind).join(" "),
          note,
        ].map(quoted).join(",")
      ),
  };
}

/** As RFC 4180 has it; a text that a spreadsheet would take for a formula gets a single quote first. */
function quoted(field: string): string {
  const text = /^[=+\-@\t\r]/.test(field) && Number.isNaN(Number(field)) ? `'${field}` : field;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textLines(width: number, file: string, result: CutRecognition, note?: string): string[] {
  const cell = ({ emotion, probabilities }: ModelAnswer) =>
    `${emotion} ${certainty(Math.max(...probabilities))}`.padEnd(width);
  const cut = cutInWords(result.cut);
  return [
    [`${fileSeconds(result).toFixed(2)} s`.padStart(8), ...result.answers.map(cell), shown(file)]
      .join(
        "  ",
      ),
    ...(cut ? [`          - ${cut}`] : []),
    ...[...note ? [note] : [], ...result.familiarity.reasons.map(({ text }) => text)]
      .map((text) => `          ! ${text}`),
  ];
}
