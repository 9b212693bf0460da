/** How far an accuracy falls when the speakers of the test part are new. @module */
import { nameParser } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import { type BootstrapInterval, type BootstrapOptions, clusterBootstrap } from "./bootstrap.ts";
import { sum } from "./mean.ts";
import { accuracy, correctCount, supports, unweightedAverageRecall } from "./metrics.ts";
import { added, confusionOf } from "./run_confusion.ts";
import type { FinishedRun, RunGroup } from "./run_groups.ts";

/** A model with known and with new test speakers; shares in [0, 1]. */
export interface SpeakerFall {
  /** Speakers that were tested both ways, sorted. */
  speakers: string[];
  /** Accuracy on the test parts of random splits, all seeds together. */
  known: BootstrapInterval;
  /** Accuracy on speakers that the network has not heard. */
  fresh: BootstrapInterval;
  /** The first minus the second; the same speakers are drawn for both. */
  fall: BootstrapInterval;
  /** Unweighted average recall with known speakers. */
  knownRecall: number;
  /** And with new ones. */
  freshRecall: number;
}

/**
 * Compares random splits with speaker-independent ones, for one model and corpus. Intervals come from
 * drawing speakers anew, each with all answers to his or her utterances, so they tell how far the
 * numbers hold for other speakers, not for other seeds.
 * @param known Runs with random splits.
 * @param fresh Runs with the folds of the speaker-independent split.
 * @returns Undefined if fewer than two speakers were tested both ways.
 * @throws {RangeError} If an utterance has a name that the corpus does not have.
 */
export function speakerFall(
  known: RunGroup,
  fresh: RunGroup,
  options: BootstrapOptions,
): SpeakerFall | undefined {
  const before = confusionsBySpeaker(known.runs), after = confusionsBySpeaker(fresh.runs);
  const speakers = [...before.keys()].filter((who) => after.has(who)).sort();
  if (speakers.length < 2) return undefined;
  const clusters = speakers.map((who) => ({
    known: countOf(before.get(who)!),
    fresh: countOf(after.get(who)!),
  }));
  const share = (of: Readonly<typeof clusters>, part: "known" | "fresh") =>
    sum(of.map((speaker) => speaker[part].correct)) / sum(of.map((speaker) => speaker[part].total));
  const interval = (statistic: (of: Readonly<typeof clusters>) => number) =>
    clusterBootstrap(clusters, statistic, options);
  const recall = (of: typeof before) =>
    unweightedAverageRecall(added(speakers.map((who) => of.get(who)!)));
  return {
    speakers,
    known: interval((of) => share(of, "known")),
    fresh: interval((of) => share(of, "fresh")),
    fall: interval((of) => share(of, "known") - share(of, "fresh")),
    knownRecall: recall(before),
    freshRecall: recall(after),
  };
}

/** What a model makes of speakers whom it has not heard; shares in [0, 1]. */
export interface NewSpeakers {
  /** How many speakers were tested. */
  speakers: number;
  /** Accuracy over all their utterances, with its interval from drawing speakers. */
  accuracy: BootstrapInterval;
  /** Unweighted average recall over them. */
  recall: number;
}

/**
 * The accuracy on new speakers by itself, over the folds that are there.
 * @param fresh Runs with the folds of the speaker-independent split.
 * @returns Undefined if fewer than two speakers were tested.
 * @throws {RangeError} If an utterance has a name that the corpus does not have.
 */
export function newSpeakers(fresh: RunGroup, options: BootstrapOptions): NewSpeakers | undefined {
  const confusions = confusionsBySpeaker(fresh.runs);
  const clusters = [...confusions].sort(([a], [b]) => a < b ? -1 : 1).map(([, of]) => of);
  if (clusters.length < 2) return undefined;
  const share = (of: readonly number[][][]) => accuracy(added(of));
  return {
    speakers: clusters.length,
    accuracy: clusterBootstrap(clusters, share, options),
    recall: unweightedAverageRecall(added(clusters)),
  };
}

const countOf = (confusion: number[][]) => ({
  correct: correctCount(confusion),
  total: sum(supports(confusion)),
});

/** A confusion matrix for each speaker, over all runs. */
function confusionsBySpeaker(runs: readonly FinishedRun[]): Map<string, number[][]> {
  const answers = runs.flatMap(({ predictions, data }) =>
    predictions.map((prediction) => ({ ...prediction, corpus: data.corpus as CorpusName }))
  );
  const groups = Map.groupBy(answers, ({ corpus, id }) => speakerOf(corpus, id));
  return new Map(
    [...groups].map(([who, of]) => [who, confusionOf({ predictions: of, data: runs[0].data })]),
  );
}

/** The speaker of an utterance, by its name. */
function speakerOf(corpus: CorpusName, id: string): string {
  const facts = nameParser(corpus)(id);
  if ("id" in facts) return facts.speaker;
  throw new RangeError(`Cannot tell the speaker: expected a name of ${corpus}, received "${id}"`);
}
