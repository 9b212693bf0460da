/** What the site's scripts leave for each other; scripts of pages opened as files cannot be modules. @module */
import type { AsPlainObject } from "minisearch";
import type { Figure } from "../../plots/figure.ts";

/** The globals of a page. */
export const page = globalThis as unknown as {
  /** Plotly, once its script is there. */
  Plotly?: {
    react(
      place: HTMLElement,
      figure: Figure & { config: Record<string, unknown> },
    ): Promise<unknown>;
    relayout(place: HTMLElement, changes: Record<string, unknown>): Promise<unknown>;
  };
  /** What a figure's script calls. */
  siteFigure?: (id: string, figure: Figure) => void;
  /** What the search index's script leaves. */
  siteSearchIndex?: AsPlainObject;
};
