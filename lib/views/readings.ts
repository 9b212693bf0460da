/** Other readings of the paper beside the usual one, as a table and as a figure. @module */
import { corpusInfo } from "../corpora/info.ts";
import { mean } from "../evaluation/mean.ts";
import type { ReadingEffect } from "../evaluation/reading_effects.ts";
import type { Figure } from "../plots/figure.ts";
import { intervalsFigure } from "../plots/intervals.ts";
import type { Spread } from "../plots/spread.ts";
import { markdown, type Output, table } from "../notebook/output.ts";
import { percent } from "../support/percent.ts";

/**
 * A line for each reading and corpus.
 * @param effects From `readingEffects`, at least one.
 */
export function readingsView(effects: readonly ReadingEffect[]): Output {
  return table(effects.map((effect) => ({
    "corpus": corpusInfo(effect.corpus).title,
    "reading": nameOf(effect),
    "accuracy": effect.differences.length === 0
      ? effect.missing
      : `${percent(effect.changed)} for ${percent(effect.usual)}`,
    "difference, seed by seed": effect.differences.map(signed).join(", ") || "–",
    "95 % interval of the mean": effect.test ? effect.test.interval.map(signed).join(" to ") : "–",
    "seeds": seedsOf(effect),
  })));
}

/**
 * The differences as dots: a circle for each seed, their mean with its interval, and a line at 0.
 * @param effects From `readingEffects`, on one or two corpora.
 * @returns A figure, or what is missing.
 */
export function readingsFigure(effects: readonly ReadingEffect[]): Figure | Output {
  if (effects.every(({ differences }) => differences.length === 0)) {
    return markdown("All runs of the other readings are missing: no figure.");
  }
  const corpora = [...new Set(effects.map(({ corpus }) => corpus))];
  const rows = [...new Set(effects.map(nameOf))].sort().map((name) => {
    const [first, second] = corpora.map((corpus) =>
      spreadOf(effects.find((effect) => effect.corpus === corpus && nameOf(effect) === name))
    );
    return { name, first, second };
  });
  const [first, second] = corpora.map((corpus) => corpusInfo(corpus).title);
  return intervalsFigure([{ title: "Difference to the usual reading", rows }], {
    title: "What another reading of the paper changes",
    ...{ quantity: "accuracy (points)", first, second, line: 0, nameWidth: 230 },
  });
}

const nameOf = ({ model, reading }: ReadingEffect): string => `${model}, ${reading}`;

function spreadOf(effect: ReadingEffect | undefined): Spread | undefined {
  if (effect === undefined || effect.differences.length === 0) return undefined;
  const { differences, test } = effect;
  return {
    value: mean(differences),
    single: differences,
    ...(test ? { interval: test.interval } : {}),
  };
}

/** If there is none, the column of accuracies says so. */
function seedsOf({ differences: { length }, missing }: ReadingEffect): string {
  return missing === "" || length === 0 ? `${length}` : `${length} (${missing})`;
}

const signed = (points: number): string => (points > 0 ? "+" : "") + points.toFixed(1);
