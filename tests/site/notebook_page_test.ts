import { deepStrictEqual, doesNotMatch, match, strictEqual } from "node:assert/strict";
import { JSDOM } from "jsdom";
import { TermFinder } from "ser/site/glossary.ts";
import { notebookPage } from "ser/site/notebook_page.ts";

const files = new Set([
  "notebooks/00_a.ipynb",
  "notebooks/01_b.ipynb",
  "notebooks/glossary.md",
  "lib/x.ts",
]);
const exports = new Map([["f", "lib/x.ts"]]);
const terms = () =>
  new TermFinder([{ id: "frame", names: ["frame"], meaning: 'A "short" stretch.' }]);
const TEXT = `# 0 · A & title

A frame, then another frame, and ($x^2$). With a [link](01_b.ipynb).

$$\\frac{1}{2}$$

## What, why?

<details><summary>Solution</summary>

It is **2**.

</details>

| a | b |
| - | - |
| 1 | ${"long ".repeat(9)} |

### What, why?`;

function source(markdown = TEXT, outputs: unknown[] = []): string {
  const cells = [
    { cell_type: "markdown", source: markdown },
    { cell_type: "code", source: "ser.f(1 < 2);", outputs },
  ];
  return JSON.stringify({ nbformat: 4, cells });
}

function read(executed: string | undefined, text = source()) {
  const made = notebookPage({ name: "00_a", source: text, executed }, {
    files,
    exports,
    terms: terms(),
  });
  return { ...made, document: new JSDOM(made.page.body).window.document };
}

const PRINTED = { output_type: "stream", name: "stdout", text: "true" };

Deno.test("notebookPage() has the title, the headings with ids of their own, and the library at the end", () => {
  const { page } = read(source());
  strictEqual(page.title, "0 · A & title");
  deepStrictEqual(
    page.headings.map(({ level, id }) => `${level} ${id}`),
    [
      "1 0--a--title",
      "2 what-why",
      "3 what-why-1",
      "2 library",
    ],
  );
});

Deno.test("notebookPage() renders formulas, for eye and ear, without a script", () => {
  const { document } = read(source());
  strictEqual(document.querySelectorAll(".katex").length, 2);
  strictEqual(document.querySelector(".formula mfrac")!.textContent, "12");
});

Deno.test("notebookPage() keeps a formula on one line with the punctuation that touches it", () => {
  const { document } = read(source());
  const whole = document.querySelector(".whole")!;
  deepStrictEqual([whole.firstChild!.textContent, whole.lastChild!.textContent], ["(", ")."]);
  strictEqual(whole.querySelectorAll(".katex").length, 1);
});

Deno.test("notebookPage() keeps hidden solutions, with their Markdown", () => {
  const { document } = read(source());
  strictEqual(document.querySelector("details summary")!.textContent, "Solution");
  strictEqual(document.querySelector("details strong")!.textContent, "2");
});

Deno.test("notebookPage() lets tables scroll and keeps short cells on one line", () => {
  const { document } = read(source());
  const cells = [...document.querySelectorAll(".scroll > table td")].map(({ className }) =>
    className
  );
  deepStrictEqual(cells, ["short", ""]);
});

Deno.test("notebookPage() links the first of each of the glossary's terms, and other notebooks", () => {
  const { document } = read(source());
  const links = [...document.querySelectorAll("p a")].map((link) => link.getAttribute("href"));
  deepStrictEqual(links.filter((link) => /glossary|01/.test(link!)), [
    "glossary.html#frame",
    "01_b.html",
  ]);
  strictEqual(document.querySelector(".term")!.getAttribute("title"), 'A "short" stretch.');
});

Deno.test("notebookPage() says when there are no outputs, or those of another version", () => {
  match(read(undefined).page.body, /has not been executed yet/);
  match(read(source("# Old")).page.body, /has changed since it was executed/);
  const { page, document } = read(source(TEXT, [PRINTED]));
  doesNotMatch(page.body, /class="notice"/);
  strictEqual(document.querySelector(".outputs .printed")!.textContent, "true");
});

Deno.test("notebookPage() offers the notebook without outputs, to run", () => {
  const { files, document } = read(source(TEXT, [PRINTED]));
  const link = document.querySelector(".tools a[download]")!;
  strictEqual(files.get(link.getAttribute("href")!), source(TEXT));
});

Deno.test("notebookPage() lists the names of the library that the code uses", () => {
  const { document } = read(source());
  const links = [...document.querySelectorAll(".library a")].map((link) =>
    link.getAttribute("href")
  );
  deepStrictEqual(links, ["source/lib/x.ts.html#f"]);
});
