/** Intervals by drawing again from what was seen (Efron & Tibshirani 1993, chapters 8 and 13). @module */
import { RandomState } from "../support/random.ts";
import { checkShare } from "./probability.ts";
import { quantile } from "./quantile.ts";

/** How to draw. */
export interface BootstrapOptions {
  /** Integer in [0, 2^32); the same seed gives the same interval. */
  seed: number;
  /** How often all clusters are drawn again, an integer >= 1. @default {10000} */
  resamples?: number;
  /** In (0, 1). @default {0.95} */
  confidence?: number;
}

/** A number and how far it would vary with other clusters. */
export interface BootstrapInterval {
  /** Of the clusters as they are. */
  estimate: number;
  /** Percentile interval. */
  interval: [number, number];
}

/**
 * Percentile interval of a statistic, from drawing whole clusters with replacement: as many as there
 * are, each with all that belongs to it. What lies in one cluster (the utterances of one speaker) need
 * not be independent, but the clusters have to be. With few of them (SAVEE has four speakers) the
 * interval is too narrow.
 *
 * Draws are those of NumPy's `RandomState(seed).randint(n, size=(resamples, n))`, percentiles those of
 * `numpy.percentile`.
 * @param clusters At least two, in an order that does not depend on chance.
 * @param statistic A number from as many clusters, some of them several times.
 * @throws {RangeError} If an argument is out of range or a statistic is not finite.
 */
export function clusterBootstrap<Cluster>(
  clusters: readonly Cluster[],
  statistic: (drawn: readonly Cluster[]) => number,
  options: BootstrapOptions,
): BootstrapInterval {
  const { seed, resamples = 10000, confidence = 0.95 } = options;
  checkShare("bootstrap", "confidence", confidence);
  if (clusters.length < 2 || !(Number.isInteger(resamples) && resamples >= 1)) {
    throw new RangeError(
      `Cannot bootstrap: expected at least 2 clusters and 1 resample, received ${clusters.length} and ${resamples}`,
    );
  }
  const random = new RandomState(seed);
  const draw = () => clusters.map(() => clusters[random.integer(clusters.length - 1)]);
  const replicates = Float64Array.from({ length: resamples }, () => finite(statistic(draw())));
  const [low, high] = [(1 - confidence) / 2, (1 + confidence) / 2];
  return {
    estimate: finite(statistic(clusters)),
    interval: [quantile(replicates, low), quantile(replicates, high)],
  };
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(`Cannot bootstrap: expected a finite statistic, received ${value}`);
}
