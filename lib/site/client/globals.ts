/** What the site's scripts leave for each other; scripts of pages opened as files cannot be modules. @module */
import type { Figure } from "../../plots/figure.ts";
import type { Section } from "../sections.ts";

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
  /** What the script with the text of all pages leaves. */
  siteSections?: Section[];
};
