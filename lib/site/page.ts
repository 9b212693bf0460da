/** The frame that all pages share: head, navigation, contents of the page, next and previous. @module */
import { escapeHtml } from "../notebook/output.ts";
import { documentHtml } from "../web/document.ts";
import { relativeUrl } from "./links.ts";
import type { Heading } from "./markdown.ts";

/** A page before it has its frame. */
export interface Page {
  /** Path from the site's root. */
  path: string;
  /** Its heading, and what a browser's tab says. */
  title: string;
  /** Other names under which readers look for it. */
  names?: readonly string[];
  /** What stands in the main column, with the `<h1>`. */
  body: string;
  /** The headings of the page; those of levels 2 and 3 make its contents. */
  headings: readonly Heading[];
  /** Whether it is one of the many pages of source text, which have no lists beside the text. */
  bare?: boolean;
}

/** An entry of the navigation. */
export type NavEntry = Pick<Page, "path" | "title">;

/** What the frame says about the whole site. */
export interface SiteFrame {
  /** The site's name. */
  name: string;
  /** One sentence about it. */
  about: string;
  /** The pages in reading order. */
  nav: readonly NavEntry[];
}

/** A page as an HTML file, whose every address is relative, so that it also opens as a file. */
export function pageHtml(page: Page, site: SiteFrame): string {
  const to = (path: string) => relativeUrl(page.path, path);
  const isHome = page.path === "index.html";
  const hasContents = page.headings.some(({ level }) => level > 1);
  return documentHtml({
    title: isHome ? site.name : `${page.title} – ${site.name}`,
    description: isHome ? site.about : undefined,
    icon: to("assets/icon.svg"),
    styles: to("assets/site.css"),
    script: to("assets/site.js"),
    body: `<a class="skip" href="#main">Skip to the text</a>
<header class="bar">
${page.bare ? "" : PAGES_BUTTON}<a class="name" href="${to("index.html")}">${
      escapeHtml(site.name)
    }</a>
${hasContents ? CONTENTS_BUTTON : ""}</header>
<div class="columns" data-root="${to("index.html").slice(0, -10)}">
${page.bare ? "" : navigation(page, site, to)}
<main id="main" tabindex="-1">
${page.body}
${neighbours(page, site, to)}
</main>
${hasContents ? contents(page) : ""}
</div>`,
  });
}

type To = (path: string) => string;

const PAGES_BUTTON =
  `<button type="button" class="narrow" popovertarget="pages" aria-label="All pages">` +
  `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M1 3h14M1 8h14M1 13h14"/></svg></button>\n`;
const CONTENTS_BUTTON =
  `<button type="button" class="narrow" popovertarget="contents">On this page</button>\n`;

function navigation(page: Page, { nav }: SiteFrame, to: To): string {
  const items = nav.map(({ path, title }) => {
    const current = path === page.path ? ' aria-current="page"' : "";
    return `<li><a href="${to(path)}"${current}>${escapeHtml(title)}</a></li>`;
  });
  return `<nav id="pages" class="side" aria-label="Pages" popover><ul>${items.join("")}</ul></nav>`;
}

function contents({ headings }: Page): string {
  const listed = headings.filter(({ level }) => level === 2 || level === 3);
  const items = listed.map(({ level, id, text }) =>
    `<li class="level-${level}"><a href="#${id}">${escapeHtml(text)}</a></li>`
  );
  return `<nav id="contents" class="side" aria-labelledby="contents-title" popover>` +
    `<p id="contents-title">On this page</p><ul>${items.join("")}</ul></nav>`;
}

function neighbours(page: Page, { nav }: SiteFrame, to: To): string {
  const here = nav.findIndex(({ path }) => path === page.path);
  if (here < 0) return "";
  const link = (entry: NavEntry | undefined, rel: string, word: string) => {
    if (!entry) return "<span></span>";
    const title = escapeHtml(entry.title);
    return `<a rel="${rel}" href="${to(entry.path)}"><small>${word}</small> ${title}</a>`;
  };
  return `<nav class="neighbours" aria-label="Previous and next page">` +
    link(nav[here - 1], "prev", "Previous") + link(nav[here + 1], "next", "Next") + `</nav>`;
}
