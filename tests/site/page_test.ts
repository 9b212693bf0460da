import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { JSDOM } from "jsdom";
import { type Page, pageHtml, type SiteFrame } from "ser/site/page.ts";

const SITE: SiteFrame = {
  name: "A & B",
  about: "About",
  nav: [
    { path: "index.html", title: "Overview" },
    { path: "00.html", title: "0 <Zero>" },
    { path: "source/lib/index.html", title: "Source" },
  ],
};
const page = (path: string, more: Partial<Page> = {}): Page => ({
  path,
  title: "T",
  body: '<h1>T</h1><h2 id="x">X</h2><h4>Y</h4>',
  headings: [
    { level: 1, id: "t", text: "T" },
    { level: 2, id: "x", text: "X <1>" },
    { level: 3, id: "y", text: "Y" },
    { level: 4, id: "z", text: "Z" },
  ],
  ...more,
});
const read = (page: Page) => new JSDOM(pageHtml(page, SITE)).window.document;
const hrefs = (document: Document, selector: string) =>
  [...document.querySelectorAll(selector)].map((link) =>
    `${link.textContent} → ${link.getAttribute("href")}`
  );

Deno.test("pageHtml() lists all pages in order and marks the one that is open", () => {
  const document = read(page("00.html"));
  deepStrictEqual(hrefs(document, "#pages a"), [
    "Overview → index.html",
    "0 <Zero> → 00.html",
    "Source → source/lib/index.html",
  ]);
  deepStrictEqual(hrefs(document, "#pages [aria-current=page]"), ["0 <Zero> → 00.html"]);
});

Deno.test("pageHtml() leads to the page before and the page after", () => {
  deepStrictEqual(hrefs(read(page("00.html")), ".neighbours a"), [
    "Previous Overview → index.html",
    "Next Source → source/lib/index.html",
  ]);
  deepStrictEqual(hrefs(read(page("index.html")), ".neighbours a"), ["Next 0 <Zero> → 00.html"]);
});

Deno.test("pageHtml() lists the headings of levels 2 and 3", () => {
  deepStrictEqual(hrefs(read(page("00.html")), "#contents a"), ["X <1> → #x", "Y → #y"]);
  strictEqual(read(page("00.html", { headings: [] })).querySelector("#contents"), null);
});

Deno.test("pageHtml() is the same in a folder, with addresses that lead out of it", () => {
  const document = read(page("source/lib/a/b.html"));
  strictEqual(
    document.querySelector("link[rel=stylesheet]")!.getAttribute("href"),
    "../../../assets/site.css",
  );
  strictEqual(document.querySelector<HTMLElement>("[data-root]")!.dataset.root, "../../../");
  strictEqual(document.querySelector(".neighbours"), null); // not in the navigation
});

Deno.test("pageHtml() says the language, the title and where the text begins", () => {
  const document = read(page("00.html"));
  strictEqual(document.documentElement.lang, "en");
  strictEqual(document.title, "T – A & B");
  strictEqual(document.querySelector("body > a")!.getAttribute("href"), "#main");
  match(document.querySelector("#main")!.innerHTML, /<h1>T<\/h1>/);
});
