import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { JSDOM } from "jsdom";
import { folderPages, sourcePage } from "ser/site/source_pages.ts";

const files = new Set(["lib/a/b.ts", "lib/a/c.ts", "lib/mod.ts", "tests/a/b_test.ts", "README.md"]);
const read = (body: string) => new JSDOM(body).window.document;
const links = (document: Document, where: string) =>
  [...document.querySelectorAll(`${where} a`)].map((link) =>
    `${link.textContent} ${link.getAttribute("href")}`
  );

Deno.test("sourcePage() gives exported names ids and leads to imported files", () => {
  const text =
    'import { c } from "./c.ts";\nimport x from "x";\nexport async function f<T>() {}\n' +
    "export type T = 1;\nexport const N = 2 < 3;\nclass Hidden {}\n";
  const { body, path } = sourcePage("lib/a/b.ts", text, files);
  const document = read(body);
  strictEqual(path, "source/lib/a/b.ts.html");
  deepStrictEqual([...document.querySelectorAll("pre [id]")].map(({ id }) => id), ["f", "T", "N"]);
  deepStrictEqual(links(document, "pre"), ['"./c.ts" c.ts.html']);
  strictEqual(document.querySelector("pre")!.textContent, text.trimEnd());
});

Deno.test("folderPages() lists each folder's files and folders", () => {
  const pages = new Map(folderPages(files).map(({ path, body }) => [path, read(body)]));
  deepStrictEqual([...pages.keys()].sort(), [
    "source/lib/a/index.html",
    "source/lib/index.html",
    "source/tests/a/index.html",
    "source/tests/index.html",
  ]);
  deepStrictEqual(links(pages.get("source/lib/index.html")!, ".folder"), [
    "a/ a/index.html",
    "mod.ts mod.ts.html",
  ]);
  deepStrictEqual(links(pages.get("source/lib/a/index.html")!, "h1"), ["lib ../index.html"]);
  const tests = pages.get("source/tests/a/index.html")!;
  deepStrictEqual(links(tests, ".folder"), []);
  strictEqual(tests.querySelector(".folder li")!.textContent, "b_test.ts"); // listed, without a page
});
