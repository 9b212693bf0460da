import { deepStrictEqual, strictEqual } from "node:assert/strict";
import MiniSearch from "minisearch";
import { excerpt } from "ser/site/client/excerpt.ts";
import { findSections, SEARCH_OPTIONS } from "ser/site/search_options.ts";
import { sectionsOf } from "ser/site/sections.ts";

const sections = [
  {
    id: "a.html",
    title: "Attention",
    page: "A",
    text: "Luong, Pham and Manning compare each state with the last one.",
  },
  { id: "a.html#b", title: "Luong's score", page: "A", text: "General or dot." },
  { id: "b.html", title: "Dropout", page: "B", text: "Half of the values become zero." },
];

/** What a reader's words find, in order. */
function found(words: string): string[] {
  const index = new MiniSearch(SEARCH_OPTIONS);
  index.addAll(sections);
  return findSections(index, words).map(({ id }) => id);
}

Deno.test("the search finds headings before texts, beginnings, misspellings, and all words together", () => {
  deepStrictEqual(found("luong"), ["a.html#b", "a.html"]);
  deepStrictEqual(found("Drop"), ["b.html"]);
  deepStrictEqual(found("half"), ["b.html"]);
  deepStrictEqual(found("manninng"), ["a.html"]);
  deepStrictEqual(found("luong dot"), ["a.html#b"]);
  deepStrictEqual(found("luong zero"), []);
});

Deno.test("sectionsOf() makes an entry for each term, and reads formulas once", () => {
  const body =
    '<h1 id="g">Glossary</h1><ul><li id="frame"><strong>frame</strong>: A stretch.</li></ul>' +
    '<h2 id="f">F</h2><p><span class="katex"><span class="katex-mathml"><math><mi>x</mi>' +
    '<annotation>x</annotation></math></span><span class="katex-html">x</span></span></p>';
  deepStrictEqual(sectionsOf({ path: "g.html", title: "Glossary", body, headings: [] }), [
    { id: "g.html", title: "Glossary", page: "Glossary", text: "" },
    { id: "g.html#frame", title: "frame", page: "Glossary", text: "A stretch." },
    { id: "g.html#f", title: "F", page: "Glossary", text: "x" },
  ]);
});

Deno.test("excerpt() shows the words found, and cuts between words", () => {
  const text = `${"before ".repeat(40)}Luong ${"after ".repeat(40)}`;
  const pieces = excerpt(text, ["luong"], 80), shown = pieces.map(({ text }) => text).join("");
  strictEqual(pieces.find(({ marked }) => marked)!.text, "Luong");
  strictEqual(/^… (before )+Luong (after )*after …$/.test(shown), true, shown);
  strictEqual(shown.length < 90, true);
  deepStrictEqual(excerpt("The score of Luong et al.", ["luong"], 100), [
    { text: "The score of ", marked: false },
    { text: "Luong", marked: true },
    { text: " et al.", marked: false },
  ]);
});
