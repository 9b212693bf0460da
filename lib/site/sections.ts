/** What the search reads: the sections of all pages. @module */
import { JSDOM } from "jsdom";
import type { Page } from "./page.ts";

/** A part of a page that a search can lead to. */
export interface Section {
  /** Its address from the site's root; unique. */
  id: string;
  /** Its heading. */
  title: string;
  /** The title of the page. */
  page: string;
  /** On the page's first section: other names of the page. */
  names?: readonly string[];
  /** Its text. */
  text: string;
}

/** What makes a new section: headings, and the terms of the glossary. */
const STARTS = "h1, h2, h3, li[id]";

/** Formulas for the eye (those for the ear stay), and what is no text. */
const LEFT_OUT = ".katex-html, annotation, .tools, .printed, [hidden], noscript";

/** The sections of a page: one for each heading of levels 1 to 3 and each entry of the glossary, in order. */
export function sectionsOf(page: Page): Section[] {
  const { document } = new JSDOM(`<body>${page.body}</body>`).window;
  for (const element of document.querySelectorAll(LEFT_OUT)) element.remove();
  const starts = [...document.querySelectorAll(STARTS)];
  return starts.map((start, index) => {
    const range = document.createRange();
    range.setStartBefore(start);
    if (starts[index + 1]) range.setEndBefore(starts[index + 1]);
    else range.setEndAfter(document.body.lastChild!);
    const isTerm = start.tagName === "LI";
    const title = words((isTerm ? start.querySelector("strong") : start)!.textContent);
    return {
      id: index === 0 ? page.path : `${page.path}#${start.id}`,
      title,
      page: page.title,
      ...index === 0 && page.names ? { names: page.names } : {},
      text: words(range.toString()).slice(title.length).replace(/^:/, "").trim(),
    };
  });
}

const words = (text: string | null): string => (text ?? "").replace(/\s+/g, " ").trim();
