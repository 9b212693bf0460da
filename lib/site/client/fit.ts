/** A figure as drawn in a notebook, made to fit the page: its width, light or dark. @module */
import type { Figure, Layout } from "../../plots/figure.ts";
import { marginOf, stacked } from "./stack.ts";

/** The figures' mid-grey of text, which reads on any page, and what reads better on ours. */
const GREY = "#7a7a7a", INK = { light: "#3f4750", dark: "#c3cad3" };

/** Colours of emotions that are dim on a dark page, and lighter ones in their place. */
const ON_DARK: Record<string, string> = {
  "#cb1a14": "#ec4b40",
  "#2363d2": "#4f86ec",
  "#8d59a2": "#ab78c0",
  "#00933f": "#17a854",
  "#3182bd": "#4f9fda",
  "#444444": "#b4bac2",
};

/** Below this width (px) a figure is drawn for a phone; styles/text.css knows the number, too. */
const NARROW = 480;

/**
 * A copy of a figure for a place of so many px. Where it is narrow, panels stand below each other, the legend
 * above them, and the title is left to the page.
 */
export function fitted(
  figure: Figure,
  { width, dark }: { width: number; dark: boolean },
): Figure {
  const { data, layout } = recoloured(figure, dark) as Figure;
  if (isWide(figure)) {
    return { data, layout: width < NARROW ? { ...layout, title: undefined } : layout };
  }
  const fits = Math.min(layout.width, Math.floor(width));
  return { data, layout: { ...fits < NARROW ? forPhone(layout) : layout, width: fits } };
}

/** Height (px) of a figure where it is narrow. */
export function narrowHeight(figure: Figure): number {
  return isWide(figure) ? figure.layout.height : forPhone(figure.layout).height;
}

/** Width (px) of the words beside a plot for which a phone has room. */
const MOST_BESIDE = 280;

/** Whether the words beside a figure's plot would leave a phone no room for it: such a one scrolls sideways. */
export function isWide({ layout }: Figure): boolean {
  const { l = 0, r = 0 } = marginOf(layout);
  return l + r > MOST_BESIDE;
}

function forPhone(layout: Layout): Layout {
  const { l = 70, r = 20, t = 50, b = 50 } = marginOf(layout);
  const higher = stacked(layout);
  const axes = Object.entries(higher).filter(([name]) => /^[xy]axis\d*$/.test(name))
    .map(([name, axis]) => [name, { ...axis as object, automargin: true }]);
  return {
    ...higher,
    ...Object.fromEntries(axes),
    title: undefined,
    margin: {
      l: Math.min(l, 60),
      r: hasLegendBeside(layout) ? Math.min(r, 20) : r,
      t: Math.max(12, t - 34),
      b,
    },
    legend: { ...layout.legend as object, ...LEGEND_ABOVE },
  };
}

/** Plotly puts a legend to the right unless told otherwise. */
const hasLegendBeside = ({ showlegend, legend }: Layout): boolean =>
  Boolean(showlegend) && (legend as { orientation?: string } | undefined)?.orientation !== "h";

const LEGEND_ABOVE = { orientation: "h", x: 0.5, xanchor: "center", y: 1.02, yanchor: "bottom" };

/** The same with other colours, wherever they stand. */
function recoloured(part: unknown, dark: boolean): unknown {
  if (typeof part === "string") {
    if (part === GREY) return dark ? INK.dark : INK.light;
    return dark ? ON_DARK[part] ?? part : part;
  }
  if (Array.isArray(part)) {
    const isNumbers = typeof part[0] === "number"; // long, and without colours
    return isNumbers ? part : part.map((item) => recoloured(item, dark));
  }
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, item]) => [name, recoloured(item, dark)]),
  );
}
