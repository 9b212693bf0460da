/** A Markdown document as a page: the first page, the glossary, the README. @module */
import { pageLink, type ProjectFiles } from "./links.ts";
import { type MarkdownContext, renderMarkdown } from "./markdown.ts";
import type { Page } from "./page.ts";
import { slug, slugger } from "./slug.ts";

/** A document and where it goes. */
export interface Document {
  /** Path from the project's root; links are relative to it. */
  document: string;
  /** Its page, from the site's root. */
  path: string;
  /** Markdown. */
  text: string;
}

/**
 * Makes a page of a document.
 * @param document The document; its first heading is the page's title.
 * @param files What it may link to.
 */
export function textPage({ document, path, text }: Document, files: ProjectFiles): Page {
  const context: MarkdownContext = {
    link: (href) => pageLink(href, { document, page: path, files }),
    slug: slugger(),
    headings: [],
  };
  const body = renderMarkdown(text, context);
  return { path, title: context.headings[0]?.text ?? path, body, headings: context.headings };
}

/**
 * Gives each term of the glossary its id, so that pages can link to it.
 * @param page The glossary as {@link textPage} made it.
 */
export function withTermIds(page: Page): Page {
  const body = page.body.replace(
    /<li>(\s*(?:<p>)?)<strong>([^<]+)<\/strong>/g,
    (_, gap, name) => `<li id="${slug(name)}">${gap}<strong>${name}</strong>`,
  );
  return { ...page, body };
}
