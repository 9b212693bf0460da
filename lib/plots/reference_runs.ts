/** A run of one's own beside the paper's number and the reference results: dots, intervals, a line. @module */
import {
  axesOf,
  axis,
  baseLayout,
  besideOthers,
  BLUE,
  ending,
  type Figure,
  hundredths,
  INK,
  LEGEND_ABOVE,
  note,
  ORANGE,
  panelAxes,
  round,
  rowAxis,
  type Trace,
} from "./figure.ts";
import { errorBars, type Spread, spreadInWords } from "./spread.ts";

/** One line of the figure; all numbers in the unit of the axis. */
export interface ReferenceLine {
  name: string;
  /** The paper's number and its interval, where it has one. */
  paper?: Spread;
  /** The reader's own run. */
  own?: number;
  /** Mean of the reference results, its interval and, as small circles, what it is a mean of. */
  reference?: Spread;
  /** What is not there, for example `missing: 5 of 5 seeds`. */
  missing?: string;
}

/** Lines under a common title, for example those of a corpus. */
export interface ReferencePanel {
  title: string;
  /** From top to bottom, at least one. */
  lines: readonly ReferenceLine[];
}

const PAPER_BAND = "rgba(230,132,42,0.18)";
/** The paper's line reaches so far above and below the dots. */
const REACH = 0.42;

/**
 * The paper's number as a line with its interval as a band, the own run as a diamond, and the reference
 * results as a dot with an interval and small circles below it. What is missing is named in its place.
 * @param panels One or two.
 * @param options Title of the figure, name of the quantity with its unit, width of the names in px.
 * @returns A figure of 720 px and 46 px for each line, 5 KB of JSON.
 * @throws {RangeError} If a panel has no line, or the panels' lines have other names.
 * @example Usage
 * ```ts
 * import { referenceFigure } from "ser/plots/reference_runs.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const line = { name: "known speakers", own: 73.6, paper: { value: 77 }, missing: "5 of 5 seeds" };
 * const { data, layout } = referenceFigure([{ title: "RAVDESS", lines: [line] }], {
 *   ...{ title: "CNN-ATN", quantity: "Accuracy (%)" },
 * });
 * deepStrictEqual(data[0].x, [77, 77, null]); // a line, then a gap
 * deepStrictEqual((layout.annotations as { text: string }[])[0].text, "5 of 5 seeds");
 * ```
 */
export function referenceFigure(
  panels: readonly ReferencePanel[],
  options: { title: string; quantity: string; names?: number },
): Figure {
  const { title, quantity, names = 120 } = options;
  checkPanels(panels);
  const range = rangeOf(panels.flatMap(({ lines }) => lines));
  return {
    data: panels.flatMap(({ lines }, panel) => tracesOf(lines, panel)),
    layout: {
      ...baseLayout({
        title,
        height: 150 + 46 * panels[0].lines.length,
        margin: { l: names, t: 84, b: 56 },
      }),
      ...LEGEND_ABOVE,
      shapes: panels.flatMap(({ lines }, panel) =>
        lines.flatMap((line, i) => band(line, i, panel))
      ),
      annotations: panels.flatMap(({ lines }, panel) =>
        lines.flatMap((line, i) => missingNote(line, i, panel, range))
      ),
      ...Object.assign(
        {},
        ...panels.map(({ title, lines }, i) =>
          panelAxes(
            i,
            axis(`${title}: ${quantity}`, { domain: besideOthers(i, panels.length, 0.06), range }),
            // the names stand left of all panels
            rowAxis(lines.map(({ name }) => i > 0 ? "" : name), {
              range: [0.55 - lines.length, 0.55],
              showgrid: false,
            }),
          )
        ),
      ),
    },
  };
}

function checkPanels(panels: readonly ReferencePanel[]): void {
  const names = panels.map(({ lines }) => lines.map(({ name }) => name).join(", "));
  if (panels.length > 0 && names[0] !== "" && names.every((each) => each === names[0])) return;
  throw new RangeError(
    `Cannot draw the reference results: expected the same lines in each panel, at least 1, received ${
      names.map((each) => `[${each}]`).join(" and ") || "no panel"
    }`,
  );
}

/** Room for the words on what is missing, in points. */
const NOTE = 20;

/** Round numbers around all that is drawn, at least 40 apart and inside of 0 to 100. */
function rangeOf(lines: readonly ReferenceLine[]): [number, number] {
  const numbers = lines.flatMap(numbersOf);
  if (numbers.length === 0) return [0, 100];
  const room = lines.some(({ missing }) => missing) ? NOTE : 2;
  const low = Math.max(0, 10 * Math.floor((Math.min(...numbers) - 2) / 10));
  const high = Math.min(
    100,
    Math.max(low + 40, 10 * Math.ceil((Math.max(...numbers) + room) / 10)),
  );
  return [Math.min(low, high - 40), high];
}

const numbersOf = ({ paper, own, reference }: ReferenceLine): number[] => [
  ...(own === undefined ? [] : [own]),
  ...[paper, reference].flatMap((spread) =>
    spread ? [spread.value, ...spread.interval ?? [], ...spread.single ?? []] : []
  ),
];

function tracesOf(lines: readonly ReferenceLine[], panel: number): Trace[] {
  const common = (name: string, mode: string) => ({
    ...{ type: "scatter", mode, name, legendgroup: name, showlegend: panel === 0 },
    ...axesOf(panel),
    hovertemplate: "%{text}<extra></extra>",
  });
  const rows = lines.map((line, i) => ({ ...line, y: 0 - i }));
  const papers = rows.flatMap(({ paper, ...row }) => paper ? [{ ...row, paper }] : []);
  const owns = rows.flatMap(({ own, ...row }) => own === undefined ? [] : [{ ...row, own }]);
  const means = rows.flatMap(({ reference, ...row }) => reference ? [{ ...row, reference }] : []);
  const singles = means.flatMap(({ name, y, reference: { single = [] } }) =>
    single.map((value) => ({ name, y: y - 0.3, value }))
  );
  return [
    {
      ...common("the paper", "lines"),
      x: papers.flatMap(({ paper }) => [paper.value, paper.value, null]),
      y: papers.flatMap(({ y }) => [y - REACH, y + REACH, null]),
      line: { color: ORANGE, width: 2 },
      text: papers.flatMap(({ name, paper }) =>
        Array(3).fill(spreadInWords(name, "the paper", paper))
      ),
    },
    {
      ...common("this run", "markers"),
      x: owns.map(({ own }) => hundredths(own)),
      y: owns.map(({ y }) => y + 0.2),
      marker: { color: INK, symbol: "diamond", size: 11 },
      text: owns.map(({ name, own }) => spreadInWords(name, "this run", { value: own })),
    },
    {
      ...common("reference, mean", "markers"),
      x: means.map(({ reference }) => hundredths(reference.value)),
      y: means.map(({ y }) => y),
      marker: { color: BLUE, size: 10 },
      error_x: errorBars(means.map(({ reference }) => reference), BLUE),
      text: means.map(({ name, reference }) => spreadInWords(name, "reference", reference)),
    },
    {
      ...common("single seed or fold", "markers"),
      x: singles.map(({ value }) => hundredths(value)),
      y: singles.map(({ y }) => y),
      marker: { color: BLUE, size: 6, symbol: "circle-open", line: { width: 1.5 } },
      text: singles.map(({ name, value }) => spreadInWords(name, "one of them", { value })),
    },
  ];
}

/** The interval of the paper's number. */
function band({ paper }: ReferenceLine, i: number, panel: number) {
  if (!paper?.interval) return [];
  const [x0, x1] = paper.interval.map((end) => round(end));
  return [{
    ...{ type: "rect", layer: "below", line: { width: 0 }, fillcolor: PAPER_BAND },
    ...{ xref: `x${ending(panel)}`, yref: `y${ending(panel)}` },
    ...{ x0, x1, y0: 0 - i - REACH, y1: 0 - i + REACH },
  }];
}

/** On the side of the panel where the line's numbers leave more room. */
function missingNote(line: ReferenceLine, i: number, panel: number, [low, high]: [number, number]) {
  const { missing } = line, numbers = numbersOf(line);
  if (!missing) return [];
  const side = Math.min(...numbers) - low > high - Math.max(...numbers) ? "left" : "right";
  const x = side === "left" ? 0.02 : 0.98, y = (line.reference ? 0.25 : -0.15) - i;
  return [note(missing, {
    ...{ xref: `x${ending(panel)} domain`, x, xanchor: side },
    ...{ yref: `y${ending(panel)}`, y, yanchor: "middle" },
  }, 11)];
}
