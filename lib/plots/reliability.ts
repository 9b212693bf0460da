/** Reliability diagrams (Guo et al. 2017, figure 1): how sure answers are, and how often right. @module */
import {
  axesOf,
  axis,
  baseLayout,
  besideOthers,
  BLUE,
  ending,
  type Figure,
  INK,
  note,
  panelAxes,
  round,
  type Trace,
} from "./figure.ts";
import type { ReliabilityBin } from "../evaluation/calibration.ts";
import { inPercent } from "./curves.ts";
import { percent } from "../support/percent.ts";

/** What is drawn of answers that were about equally sure. */
export type DrawnBin = Pick<ReliabilityBin, "count" | "accuracy" | "confidence">;

/** One diagram. */
export interface ReliabilityPanel {
  title: string;
  /** Bins from unsure to sure. */
  bins: readonly DrawnBin[];
}

/**
 * Reliability diagrams side by side: a disc for each bin that has answers, its area by their number; on
 * the diagonal, probabilities mean what they say. Under it the network is surer than it is right.
 * @param panels One or more, at most four.
 * @returns A figure of 380 px for each panel, 90 px more, by 420 px.
 * @throws {RangeError} If there is no panel, or one has no answers.
 * @example Usage
 * ```ts
 * import { reliabilityFigure } from "ser/plots/reliability.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const bins = [{ count: 4, accuracy: 0.5, confidence: 0.75 }, { count: 0, accuracy: NaN, confidence: NaN }];
 * const { data } = reliabilityFigure([{ title: "before", bins }], "Four answers");
 * deepStrictEqual([data[1].x, data[1].y], [[75], [50]]); // in per cent; the empty bin is left out
 * ```
 */
export function reliabilityFigure(panels: readonly ReliabilityPanel[], title: string): Figure {
  const filled = panels.map(({ title, bins }) => ({
    title,
    bins: bins.filter(({ count }) => count > 0),
  }));
  if (filled.length === 0 || filled.some(({ bins }) => bins.length === 0)) {
    throw new RangeError(
      `Cannot draw the reliability: expected panels with answers, received bins with answers ${
        filled.map(({ bins }) => bins.length).join(", ") || "in no panel"
      }`,
    );
  }
  const most = Math.max(...filled.flatMap(({ bins }) => bins.map(({ count }) => count)));
  return {
    data: filled.flatMap(({ bins }, i) => [diagonal(i), discs(bins, most, i)]),
    layout: {
      ...baseLayout({ title, width: 90 + 380 * panels.length, height: 420, margin: { t: 84 } }),
      ...Object.assign({}, ...filled.map((_, i) => axesAt(i, panels.length))),
      annotations: filled.map(({ title }, i) => panelTitle(title, i)),
    },
  };
}

function diagonal(panel: number): Trace {
  const line = { color: INK, width: 1, dash: "dot" };
  const ends = { x: [0, 100], y: [0, 100], mode: "lines", hoverinfo: "skip", ...axesOf(panel) };
  return { type: "scatter", line, ...ends };
}

function discs(bins: readonly DrawnBin[], most: number, panel: number): Trace {
  return {
    type: "scatter",
    mode: "lines+markers",
    x: inPercent(bins.map(({ confidence }) => confidence)),
    y: inPercent(bins.map(({ accuracy }) => accuracy)),
    line: { color: BLUE, width: 1 },
    marker: {
      color: BLUE,
      size: bins.map(({ count }) => round(8 + 22 * Math.sqrt(count / most))),
      opacity: 0.8,
    },
    text: bins.map(({ count, accuracy, confidence }) =>
      `${count} answers, ${percent(confidence)} sure: ${percent(accuracy)} right`
    ),
    hovertemplate: "%{text}<extra></extra>",
    ...axesOf(panel),
  };
}

function axesAt(panel: number, panels: number) {
  const range = [-5, 105], dtick = 20, domain = besideOthers(panel, panels, 0.1);
  return panelAxes(
    panel,
    axis("Largest probability (%)", { range, dtick, domain }),
    axis(panel === 0 ? "Right answers (%)" : "", { range, dtick }),
  );
}

function panelTitle(text: string, panel: number) {
  const refs = { xref: `x${ending(panel)} domain`, yref: `y${ending(panel)} domain` };
  return note(text, { x: 0.5, y: 1, ...refs, yanchor: "bottom" }, 13);
}
