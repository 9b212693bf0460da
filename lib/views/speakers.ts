/** How far each accuracy falls with new speakers, as a table and as a figure. @module */
import { corpusInfo } from "../corpora/info.ts";
import { type SpeakerFall, speakerFall } from "../evaluation/new_speakers.ts";
import { chooseGroups, corporaOf, type RunGroup } from "../evaluation/run_groups.ts";
import type { Figure } from "../plots/figure.ts";
import { intervalsFigure } from "../plots/intervals.ts";
import { spreadOfShare } from "../plots/spread.ts";
import { markdown, type Output, table } from "../notebook/output.ts";
import { percent, percentRange, points } from "../support/percent.ts";

/** A model on a corpus, with random splits (known speakers) and with new speakers. */
export interface FallRow {
  known: RunGroup;
  fresh: RunGroup;
  /** Both compared; undefined where too much is missing. */
  fall: SpeakerFall | undefined;
}

/**
 * Compares every model that the grid has with random and with speaker-independent splits.
 * @param options Seed and number of resamples of the bootstrap.
 */
export function speakerFalls(
  groups: readonly RunGroup[],
  options: { seed: number; resamples?: number },
): FallRow[] {
  const random = chooseGroups(groups, { split: "random" });
  return chooseGroups(groups, { split: "speaker-independent" }).flatMap((fresh) => {
    const known = random.find(({ title, experiment }) =>
      title === fresh.title && experiment.corpus === fresh.experiment.corpus
    );
    return known ? [{ known, fresh, fall: speakerFall(known, fresh, options) }] : [];
  });
}

/**
 * A line for each model: accuracy and UAR with known and with new speakers, and the fall in points with
 * its interval from drawing speakers.
 * @param rows As `speakerFalls` gives, at least one.
 */
export function speakersView(rows: readonly FallRow[]): Output {
  if (rows.length === 0) return markdown("This grid has no splits with new speakers.");
  return table(rows.map(({ known, fresh, fall }) => {
    const missing = fresh.missing || (known.runs.length === 0 ? known.missing : "");
    return {
      "corpus": corpusInfo(fresh.experiment.corpus).title,
      "model": fresh.title,
      ...(fall ? cells(fall) : NONE),
      "speakers": fall
        ? `${fall.speakers.length}${missing ? ` (${missing})` : ""}`
        : missing || "too few",
    };
  }));
}

const NONE = {
  "known speakers": "–",
  "new speakers": "–",
  "95 % interval (speakers)": "–",
  "falls by (points)": "–",
  "UAR, known": "–",
  "UAR, new": "–",
};

const cells = ({ known, fresh, fall, knownRecall, freshRecall }: SpeakerFall): typeof NONE => ({
  "known speakers": percent(known.estimate),
  "new speakers": percent(fresh.estimate),
  "95 % interval (speakers)": percentRange(fresh.interval),
  "falls by (points)": `${points(fall.estimate)} (${fall.interval.map(points).join(" to ")})`,
  "UAR, known": percent(knownRecall),
  "UAR, new": percent(freshRecall),
});

/**
 * The same as dots with intervals.
 * @param rows As `speakerFalls` gives.
 * @returns A figure, or what is missing.
 */
export function speakersFigure(rows: readonly FallRow[], title: string): Figure | Output {
  const there = rows.filter(({ fall }) => fall !== undefined);
  if (there.length === 0) return markdown("All missing: nothing to draw.");
  const panels = corporaOf(there.map(({ fresh }) => fresh)).map((corpus) => ({
    title: corpusInfo(corpus).title,
    rows: there.filter(({ fresh }) => fresh.experiment.corpus === corpus).map((row) => ({
      name: row.fresh.title,
      first: spreadOfShare(row.fall!.known.estimate, row.fall!.known.interval),
      second: spreadOfShare(row.fall!.fresh.estimate, row.fall!.fresh.interval),
    })),
  }));
  const quantity = "accuracy (%)";
  return intervalsFigure(panels, {
    ...{ title, quantity, first: "known speakers", second: "new speakers" },
  });
}
