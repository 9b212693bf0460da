/** Panels that stand beside each other in a figure, below each other where it is narrow. @module */
import type { Layout } from "../../plots/figure.ts";

/** Space between panels, for the axis and its title, in px. */
const GAP = 64;
/** Least height of a panel, in px. */
const LEAST = 150;

type Range = [number, number];
type Attributes = Record<string, unknown>;

/** A panel's axes, and the part of the figure that it has. */
interface Panel {
  x: string;
  y: string;
  across: Range;
  up: Range;
}

/** The space around a figure's plot, as far as it says, in px. */
export const marginOf = ({ margin }: Layout) => (margin ?? {}) as Partial<Record<string, number>>;

/**
 * Puts the panels of a figure below each other, in reading order: the layout is higher by as much, and the
 * same if no panels stand beside each other.
 */
export function stacked(layout: Layout): Layout {
  const panels = panelsOf(layout);
  if (new Set(panels.map(({ across }) => across[0])).size < 2) return layout;
  const { t = 50, b = 50 } = marginOf(layout);
  const inside = layout.height - t - b, count = panels.length;
  const each = Math.max(LEAST, ...panels.map(({ up }) => 0.8 * inside * (up[1] - up[0])));
  const all = count * each + (count - 1) * GAP;
  const changed: Attributes = { height: Math.round(t + b + all) };
  panels.forEach(({ x, y }, index) => {
    const top = 1 - index * (each + GAP) / all;
    changed[axisKey(x)] = { ...layout[axisKey(x)] as Attributes, domain: [0, 1] };
    changed[axisKey(y)] = {
      ...layout[axisKey(y)] as Attributes,
      domain: [Math.max(0, top - each / all), top],
    };
  });
  const notes = layout.annotations as Attributes[] | undefined;
  changed.annotations = notes?.map((note) => inPanel(note, panels));
  return Object.assign({}, layout, changed);
}

/** "x2" as the layout names it, "xaxis2". */
const axisKey = (name: string): string => `${name[0]}axis${name.slice(1)}`;

/** The panels in reading order. */
function panelsOf(layout: Layout): Panel[] {
  const domain = (name: string) =>
    ((layout[axisKey(name)] as Attributes | undefined)?.domain ?? [0, 1]) as Range;
  const names = Object.keys(layout).filter((key) => /^xaxis\d*$/.test(key))
    .map((key) => key.replace("axis", ""));
  return names.map((x): Panel => {
    const y = String((layout[axisKey(x)] as Attributes).anchor ?? x.replace("x", "y"));
    return { x, y, across: domain(x), up: domain(y) };
  }).sort((a, b) => b.up[1] - a.up[1] || a.across[0] - b.across[0]);
}

/** A note that stands at a place of the whole figure, at the same place of its panel. */
function inPanel(note: Attributes, panels: readonly Panel[]): Attributes {
  if (note.xref !== "paper" || note.yref !== "paper") return note;
  const at = { x: note.x as number, y: note.y as number };
  const above = panels.filter(({ across }) => at.x >= across[0] && at.x <= across[1]);
  const distance = ({ up }: Panel) => Math.max(up[0] - at.y, at.y - up[1], 0);
  const panel = above.sort((a, b) => distance(a) - distance(b))[0];
  if (!panel) return note;
  const share = (value: number, [from, to]: Range) => (value - from) / (to - from);
  return {
    ...note,
    xref: `${panel.x} domain`,
    yref: `${panel.y} domain`,
    x: share(at.x, panel.across),
    y: share(at.y, panel.up),
  };
}
