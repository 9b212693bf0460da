/** A figure as drawn in a notebook, made to fit the page: its width, light or dark. @module */
import type { Figure } from "../../plots/figure.ts";

/** Where a figure is drawn. */
export interface Place {
  /** Width that there is, in px. */
  width: number;
  /** Whether the page is dark. */
  dark: boolean;
}

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

/** Below this width (px) the title stands above the figure instead of in it. */
const NARROW = 560;

/**
 * Fits a figure to its place. Where it is narrow, the title is left to the page and the margins shrink.
 * @param figure As the notebook holds it; left as it is.
 * @param place Where it goes.
 */
export function fitted(figure: Figure, { width, dark }: Place): Figure {
  const { data, layout } = recoloured(figure, dark) as Figure;
  const fits = Math.min(layout.width, Math.floor(width));
  if (fits >= Math.min(NARROW, layout.width)) return { data, layout: { ...layout, width: fits } };
  const { l = 70, r = 20, t = 50, b = 50 } = layout.margin as Partial<Record<string, number>>;
  const margin = { l: Math.min(l, 60), r, t: Math.max(12, t - 34), b };
  const axes = Object.entries(layout).filter(([name]) => /^[xy]axis\d*$/.test(name))
    .map(([name, axis]) => [name, { ...axis as object, automargin: true }]);
  const narrow = { width: fits, margin, title: undefined, ...Object.fromEntries(axes) };
  return { data, layout: { ...layout, ...narrow } };
}

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
