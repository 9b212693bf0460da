import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "@std/path";
import { JSDOM } from "jsdom";
import MiniSearch from "minisearch";
import { homeText, withLiveFigure } from "ser/site/home.ts";
import { demoFiles, demoPage } from "ser/demo/build.ts";
import { PLOTLY } from "ser/site/figures.ts";
import { readNotebook } from "ser/site/notebook.ts";
import { excerpt } from "ser/site/client/excerpt.ts";
import { findSections, SEARCH_OPTIONS } from "ser/site/search_options.ts";
import type { Section } from "ser/site/sections.ts";
import { siteFiles } from "ser/site/site.ts";
import { filesBelow, PROJECT_ROOT } from "ser/support/files.ts";
import { writeSite } from "ser/web/write.ts";

const files = await siteFiles(PROJECT_ROOT, { further: [await demoPage()] });
const html = [...files].filter(([path]) => path.endsWith(".html")).map(([path, text]) =>
  [path, String(text)] as const
);
const reading = html.filter(([path]) => !path.includes("/"));
/** Pages of source text show links that are none. */
const withoutSource = (page: string) => page.replace(/<pre class="code source">[\s\S]*<\/pre>/, "");
const bodyOf = (page: string) => new JSDOM(page).window.document;

/** Addresses that a browser loads by itself, in HTML and in styles. */
const LOADED = /(?:\ssrc|\ssrcset|\sposter|<link[^>]*\shref)="([^"]*)"|url\(\s*["']?([^)"']+)/g;

Deno.test("site: nothing is loaded from elsewhere", () => {
  const texts = [...html, ["assets/site.css", String(files.get("assets/site.css"))] as const];
  const foreign = texts.flatMap(([path, text]) =>
    [...withoutSource(text).matchAll(LOADED)].map(([, a, b]) => a ?? b).filter((url) =>
      /^(\w+:)?\/\//.test(url)
    )
      .map((url) => `${path}: ${url}`)
  );
  deepStrictEqual(foreign, []);
});

Deno.test("site and demo: every page has a policy by which no other script runs than its own", async () => {
  const demo = String((await demoFiles(true)).get("index.html"));
  for (const [path, text] of [...html, ["demo/index.html", demo]]) {
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(text)![1];
    const [, script] = /<script>(.*?)<\/script>/s.exec(text)!;
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
    const hash = new Uint8Array(digest).toBase64();
    const rules = new Map(policy.split("; ").map((rule) => [rule.split(" ")[0], rule]));
    strictEqual(rules.get("default-src"), "default-src 'none'");
    strictEqual(
      rules.get("script-src"),
      `script-src 'sha256-${hash}' 'strict-dynamic' 'wasm-unsafe-eval'`,
      path,
    );
    ok(text.indexOf("Content-Security-Policy") < text.indexOf("<script"), path);
    ok(!/https?:|\*/.test(policy));
  }
});

Deno.test("site: every link leads to a file of the site, and to a place on it", () => {
  const ids = new Map(
    html.map(([path, text]) =>
      [path, new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))] as const
    ),
  );
  const broken: string[] = [];
  for (const [path, text] of html) {
    for (const [, href] of withoutSource(text).matchAll(/<[^>]*\s(?:href|src)="([^"]*)"/g)) {
      if (/^(https?|mailto|data):/.test(href)) continue;
      const url = new URL(href.replaceAll("&amp;", "&"), `file:///${path}`);
      const target = decodeURI(url.pathname.slice(1)), hash = decodeURI(url.hash.slice(1));
      if (target === "demo/index.html") continue; // another's
      const isThere = files.has(target) && (!hash || ids.get(target)?.has(hash));
      if (!isThere) broken.push(`${path}: ${href}`);
    }
  }
  deepStrictEqual(broken, []);
});

Deno.test("site: each id is once on its page", () => {
  for (const [path, text] of reading) {
    const ids = [...bodyOf(text).querySelectorAll("[id]")].map(({ id }) => id);
    deepStrictEqual(ids.filter((id, index) => ids.indexOf(id) !== index), [], path);
  }
});

Deno.test("site: notebooks come in the paper's order, the demo last", () => {
  const links = [...bodyOf(String(files.get("index.html"))).querySelectorAll("#pages a")]
    .map((link) => link.getAttribute("href")!);
  const numbered = links.filter((link) => /^\d/.test(link));
  deepStrictEqual(numbered, numbered.toSorted());
  ok(numbered.length >= 11);
  deepStrictEqual([links[0], links.at(-1)], ["index.html", "demo/index.html"]);
});

Deno.test("site: every figure of every executed notebook has its place, its picture and its script", async () => {
  for (const [path, text] of reading) {
    const notebook = join(PROJECT_ROOT, "outputs", path.replace(/html$/, "ipynb"));
    const source = await Deno.readTextFile(notebook).catch(() => undefined);
    if (source === undefined) continue;
    const figures = readNotebook(source).flatMap((cell) => cell.kind === "code" ? cell.outputs : [])
      .filter((output) => output.kind === "data" && output.data[PLOTLY]);
    const places = [...bodyOf(text).querySelectorAll<HTMLElement>("figure[data-figure]")];
    strictEqual(places.length, figures.length, path);
    for (const { dataset } of places) {
      ok(files.has(`${dataset.figure}.png`) && files.has(`${dataset.figure}.js`), dataset.figure);
    }
  }
});

const sections: Section[] = JSON.parse(
  String(files.get("assets/sections.js")).slice("siteSections=".length),
);
const index = new MiniSearch<Section>(SEARCH_OPTIONS);
index.addAll(sections);
const found = (words: string) => findSections(index, words).map(({ id }) => String(id));

Deno.test("site: the search finds Luong in the sections on attention, and a term in the glossary", () => {
  ok(found("Luong").some((id) => id.startsWith("06_cnn_attention.html#")));
  strictEqual(found("hop length")[0], "glossary.html#hop-length");
  for (const id of found("attention")) ok(files.has(id.replace(/#.*/, "")), id);
});

Deno.test("site: every word of the index gets a result, and each result an excerpt that marks it", () => {
  const words = index.toJSON().index.map(([word]) => word).filter(Boolean);
  ok(words.length > 3000, `${words.length}`);
  for (const word of words) {
    const results = index.search(word, { prefix: false });
    ok(results.length > 0, word);
    for (const { id, text, match } of results) {
      const pieces = excerpt(text, Object.keys(match));
      strictEqual(pieces.length > 0, text !== "", `${word}: ${id}`);
      const marked = pieces.filter((piece) => piece.marked).map((piece) =>
        piece.text.toLowerCase()
      );
      if (Object.values(match)[0].includes("text")) ok(marked.includes(word), `${word}: ${id}`);
      else deepStrictEqual(marked, [], `${word}: ${id}`);
    }
  }
});

Deno.test("site: what a reader types gets results and excerpts", () => {
  const queries =
    "mfcc|MFCCs|frames|F1|p value|speech|test|how do|UAR 77 %|CNN-ATN|(3.6)|\\p{L}|a-b|f0";
  for (const query of queries.split("|")) {
    const results = findSections(index, query);
    ok(results.length > 0, query);
    for (const { text, match } of results) excerpt(text, Object.keys(match));
  }
});

Deno.test("site: a question that is a title leads to the page, else to the section of that title", () => {
  const ids = Map.groupBy(sections, ({ title }) => title.toLowerCase().replace(/^\d+ · /, ""));
  for (const [title, same] of ids) {
    const pages = same.filter(({ id }) => !id.includes("#"));
    const first = found(title)[0];
    ok((pages.length ? pages : same).some(({ id }) => id === first), `${title}: ${first}`);
  }
});

Deno.test("site: the search finds the page to try one's voice, and how to run all this", () => {
  for (const words of ["demo", "Demo", "try your voice", "microphone"]) {
    strictEqual(found(words)[0], "demo/index.html", words);
  }
  for (const words of ["how to run", "How to run?", "run it yourself", "quick start"]) {
    strictEqual(found(words)[0].replace(/#.*/, ""), "project.html", words);
  }
});

Deno.test("site: with the page to try one's voice it stays under 15 MB", async () => {
  const all = [...files.values(), ...(await demoFiles(true)).values()];
  const bytes = all.reduce((sum, content) => sum + new Blob([content as BlobPart]).size, 0);
  ok(bytes < 15e6, `${bytes}`);
});

Deno.test("homeText() brings the README's results, and notebooks that its text does not name", () => {
  const readme = "# R\n<!-- results: written by x -->\n\n" +
    "| corpus | model | the paper | here |\n| --- | --- | --- | --- |\n| A | M | 1 % | 2 % |\n\n" +
    "<!-- end of results -->\n";
  const text =
    "[0](../../notebooks/00_a.ipynb)\n\n<!-- results -->\n\n<!-- further notebooks -->\n";
  const pages = ["start", "00_a", "11_b"].map((name) => ({ path: `${name}.html`, title: name }));
  strictEqual(
    homeText(text, readme, pages).replace(/\n+/g, "\n"),
    "[0](../../notebooks/00_a.ipynb)\n" +
      "| model | A, paper | A, here | A, new speakers |\n| --- | ---: | ---: | ---: |\n" +
      "| M | 1 | 2 | – |\n## Further notebooks\n- [11_b](../../notebooks/11_b.ipynb)\n",
  );
  throws(
    () => homeText(text, "# R", pages),
    /^SyntaxError: Cannot make the first page: expected the README/,
  );
});

Deno.test("withLiveFigure() has the figure in the place of its picture, or leaves the picture", () => {
  const page = (body: string) => ({ path: "a.html", title: "A", body, headings: [] });
  const home = page('<p>a</p><p><img src="x/attention.png" alt="b"></p>');
  const figures = ["Loss", "Attention weight"].map((alt) =>
    `<figure id="f"><img alt="${alt}"></figure>`
  );
  strictEqual(withLiveFigure(home, page(figures.join("\n"))).body, `<p>a</p>${figures[1]}`);
  strictEqual(withLiveFigure(home, page(figures[0])), home);
  strictEqual(withLiveFigure(home, undefined), home);
});

Deno.test("writeSite() writes into folders, says how much, and takes away what is old", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeSite(folder, new Map([["a/old.html", "1"], ["b.html", "2"]]));
    strictEqual(await writeSite(folder, new Map([["b.html", "4"], ["c/d.html", "ä"]])), 3);
    const paths = ["b.html", join("c", "d.html")].map((path) => join(folder, path));
    deepStrictEqual(await filesBelow(folder), paths);
    strictEqual(await Deno.readTextFile(join(folder, "b.html")), "4");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("siteFiles() takes published copies, and one's own if told so", async () => {
  const root = await Deno.makeTempDir({ prefix: "ser-test-" }), outputs = join(root, "outputs");
  for (
    const name of ["lib", "tests", "notebooks", "data", "README.md", "LICENSE", "CITATION.cff"]
  ) {
    await Deno.symlink(join(PROJECT_ROOT, name), join(root, name));
  }
  await Deno.mkdir(join(outputs, "mine"), { recursive: true });
  await Deno.symlink(join(PROJECT_ROOT, "outputs", "figures"), join(outputs, "figures"));
  const published = await Deno.readTextFile(join(PROJECT_ROOT, "outputs", "index.ipynb"));
  const own = published.replaceAll("](../", "](../../").replace('"# ', '"# My own copy: ');
  await Deno.writeTextFile(join(outputs, "index.ipynb"), published);
  await Deno.writeTextFile(join(outputs, "mine", "index.ipynb"), own);
  try {
    const start = async (mine: boolean) =>
      String((await siteFiles(root, { mine })).get("start.html"));
    strictEqual((await start(false)).includes("My own copy: "), false);
    strictEqual((await start(true)).includes("My own copy: "), true);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
