/** A Markdown document as a page: the first page, the glossary, the README. @module */
import type { Place } from "./links.ts";
import { contextOf, renderMarkdown } from "./markdown.ts";
import type { Page } from "./page.ts";
import { slug } from "./slug.ts";

/** Makes a page of a document, whose first heading is the page's title. */
export function textPage(text: string, place: Place): Page {
  const context = contextOf(place), body = renderMarkdown(text, context), { headings } = context;
  return { path: place.page, title: headings[0]?.text ?? place.page, body, headings };
}

/** Gives each term of the glossary's page its id, so that pages can link to it. */
export function withTermIds(page: Page): Page {
  const body = page.body.replace(
    /<li>(\s*(?:<p>)?)<strong>([^<]+)<\/strong>/g,
    (_, gap, name) => `<li id="${slug(name)}">${gap}<strong>${name}</strong>`,
  );
  return { ...page, body };
}
