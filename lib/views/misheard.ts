/** A confusion matrix whose cells open: which utterances were taken for what. @module */
import type { Dataset } from "../corpora/dataset.ts";
import type { CorpusInfo, Utterance } from "../corpora/types.ts";
import { confusionOf } from "../evaluation/run_confusion.ts";
import { colourAt, SHARE_SCALE, textColourOn } from "../plots/colours.ts";
import type { Prediction, RunResult } from "../training/stored_run.ts";
import { player } from "../notebook/listen.ts";
import { escapeHtml, html, type Output } from "../notebook/output.ts";
import { sharedAddress } from "../notebook/sound_address.ts";

/**
 * The confusion matrix of a run as a table of the page: rows are the true emotions, columns the
 * answers, colours the share of the row. A count off the diagonal opens a list of its utterances:
 * who says what, how sure the network was of its answer and how much it gave to the true one, and a
 * player where the licence lets everybody listen. No script is needed. Where the licence does not,
 * there is no player; `listenTo` plays the reader's own copy.
 * @returns HTML; its text form is the list without players.
 */
export function misheardView(
  run: Pick<RunResult, "predictions" | "data">,
  { corpus }: Pick<Dataset, "corpus">,
): Output {
  const { classes } = run.data, counts = confusionOf(run);
  const byId = new Map(corpus.utterances.map((utterance) => [utterance.id, utterance]));
  const heard = (truth: number, answer: number): Misheard[] =>
    run.predictions
      .filter(({ label, predicted }) => label === truth && predicted === answer)
      .map((prediction) => ({ ...prediction, utterance: byId.get(prediction.id)! }))
      .sort((a, b) => b.probabilities[answer] - a.probabilities[answer]);
  const cell = (count: number, truth: number, answer: number) =>
    cellHtml(count, share(counts[truth], count), {
      list: truth === answer ? [] : heard(truth, answer),
      classes,
      info: corpus.info,
    });
  const head = classes.map((name) =>
    `<th scope="col" style="text-align:center">${escapeHtml(name)}</th>`
  ).join("");
  const rows = counts.map((row, truth) =>
    `<tr><th scope="row">${escapeHtml(classes[truth])}</th>${
      row.map((count, answer) => cell(count, truth, answer)).join("")
    }</tr>`
  );
  const caption = `${escapeHtml(corpus.info.title)}: true emotion (rows), recognised as (columns)`;
  const source =
    `<div style="overflow-x:auto"><table><caption>${caption}</caption>\n<thead><tr><td></td>${head}</tr></thead>\n` +
    `<tbody>\n${rows.join("\n")}\n</tbody></table></div>`;
  const plain = counts.flatMap((row, truth) =>
    row.flatMap((count, answer) =>
      truth === answer || count === 0 ? [] : [
        `${classes[truth]} taken for ${classes[answer]}: ${
          heard(truth, answer).map(({ id }) => id).join(", ")
        }`,
      ]
    )
  );
  return html(source, plain.join("\n") || "All were recognised.");
}

/** A wrong answer and what was said. */
interface Misheard extends Prediction {
  utterance: Utterance;
}

const share = (row: readonly number[], count: number): number =>
  count === 0 ? 0 : count / row.reduce((sum, each) => sum + each, 0);

function cellHtml(
  count: number,
  share: number,
  { list, ...rest }: { list: Misheard[]; classes: readonly string[]; info: CorpusInfo },
): string {
  const rgb = colourAt(SHARE_SCALE, share);
  const style = `background-color:rgb(${rgb.join(",")});color:${textColourOn(rgb)};` +
    "text-align:center;vertical-align:top";
  if (list.length === 0) return `<td style="${style}">${count === 0 ? "" : count}</td>`;
  const items = list.map((each) => itemHtml(each, rest)).join("");
  return `<td style="${style}"><details><summary>${count}</summary>` +
    `<ul style="text-align:left;padding-left:1.2em;min-width:17em">${items}</ul></details></td>`;
}

function itemHtml(
  { id, label, predicted, probabilities, utterance }: Misheard,
  { classes, info }: { classes: readonly string[]; info: CorpusInfo },
): string {
  const given = [predicted, label].map((each) =>
    `${Math.round(100 * probabilities[each])} % ${classes[each]}`
  );
  const words = `${id}: speaker ${utterance.speaker}, “${utterance.sentence}”; ${given.join(", ")}`;
  const address = sharedAddress(info, utterance.path);
  return `<li>${escapeHtml(words)}${address ? `<br>${player(address, utterance)}` : ""}</li>`;
}
