/** Markdown cells as HTML: formulas, code in colours, headings with ids, links of the site. @module */
import { tex } from "@mdit/plugin-tex";
import katex from "katex";
import MarkdownIt from "markdown-it";
import { linkTerms, type TermFinder } from "./glossary.ts";
import { highlight } from "./highlight.ts";
import { pageLink, type Place } from "./links.ts";
import { sanitize } from "./sanitize.ts";
import { slugger } from "./slug.ts";
import { withTables } from "./tables.ts";
import { keepFormulasWhole } from "./whole_formulas.ts";

/** A heading of a page. */
export interface Heading {
  level: number;
  id: string;
  text: string;
}

/** What belongs to the page that is being written. */
export interface MarkdownContext {
  /** A link of the document as a link of its page. */
  link: (href: string) => string;
  /** Gives a heading its id. */
  slug: (text: string) => string;
  /** Takes note of the headings. */
  headings: Heading[];
  /** Finds the glossary's terms; without it none is linked. */
  terms?: TermFinder;
}

/** What is needed for the page of a document. */
export function contextOf(place: Place): MarkdownContext {
  return { link: (href) => pageLink(href, place), slug: slugger(), headings: [] };
}

const md = new MarkdownIt({ html: true, highlight });
md.use(tex, {
  render: (source: string, displayMode: boolean) =>
    displayMode ? `<p class="formula">${formula(source, true)}</p>` : formula(source, false),
});
md.use(linkTerms);
md.use(keepFormulasWhole);
md.core.ruler.push("site_links", (state) => {
  const { link } = state.env as unknown as MarkdownContext;
  for (const { children } of state.tokens) {
    for (const token of children ?? []) {
      const name = token.type === "image" ? "src" : "href";
      const address = token.attrGet(name);
      if (address && token.attrGet("class") !== "term") token.attrSet(name, link(String(address)));
    }
  }
});
md.core.ruler.push("heading_ids", (state) => {
  const { slug, headings } = state.env as unknown as MarkdownContext;
  state.tokens.forEach((token, index) => {
    if (token.type !== "heading_open") return;
    const text = plainText(state.tokens[index + 1].children ?? []);
    const heading = { level: Number(token.tag[1]), id: slug(text), text };
    token.attrSet("id", heading.id);
    headings.push(heading);
  });
});

/**
 * One cell or a whole document as HTML, in which nothing runs and nothing is loaded from elsewhere.
 * @throws {SyntaxError} If a formula cannot be read.
 */
export function renderMarkdown(text: string, context: MarkdownContext): string {
  return withTables(sanitize(md.render(text, { ...context })));
}

function formula(source: string, displayMode: boolean): string {
  try {
    return katex.renderToString(source.trim(), { displayMode, throwOnError: true });
  } catch (error) {
    throw new SyntaxError(
      `Cannot render the formula: expected TeX that KaTeX knows, received ${source.trim()}`,
      { cause: error },
    );
  }
}

/** The words of a heading. */
function plainText(tokens: readonly { type: string; content: string }[]): string {
  return tokens.map(({ type, content }) => /text|code|math/.test(type) ? content : "").join("");
}
