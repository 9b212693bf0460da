import { strictEqual } from "node:assert/strict";
import { JSDOM } from "jsdom";
import { codeCell } from "ser/site/code.ts";
import { highlight, languageOf } from "ser/site/highlight.ts";

/** What a reader sees of markup. */
const textOf = (html: string): string =>
  new JSDOM(`<body>${html}</body>`).window.document.body.textContent;

Deno.test("highlight() changes no character of the text, whatever the language", async () => {
  for (const name of ["typescript", "cpp", "python", "json", "bash", "none"]) {
    const code = 'if (a < b && c > "d") { `${e}` } /* <b>&amp;</b> */\n\t// \'\n# x\n';
    strictEqual(textOf(`<pre>x${highlight(code, name)}</pre>`), `x${code}`);
  }
  const own = await Deno.readTextFile(new URL(import.meta.url));
  strictEqual(textOf(`<pre>${highlight(own, languageOf(import.meta.url))}</pre>`), own);
});

Deno.test("highlight() gives words the class of their colour, keywords none", () => {
  strictEqual(
    highlight("const a = 1 < 2;", "typescript"),
    "<i>const</i> a = <i class=n>1</i> &lt; <i class=n>2</i>;",
  );
});

Deno.test("highlight() closes every element that it opens", () => {
  const html = highlight(
    "/** @param {x} a */ class A<T> extends B { c = /d/; e(f: G): void {} }",
    "typescript",
  );
  strictEqual(html.split(/<i[ >]/).length, html.split("</i>").length);
});

Deno.test("codeCell() links the library's names, and only those", () => {
  const used = new Map();
  const exports = new Map([
    ["mfcc", "lib/features/mfcc.ts"],
    ["HOP", "lib/a.ts"],
  ]);
  const html = codeCell('ser.mfcc(x, ser.HOP); ser.unknown(); user.mfcc(); "<&"', {
    exports,
    page: "00.html",
    used,
  });
  const links = [...new JSDOM(html).window.document.querySelectorAll("a")];
  strictEqual(
    links.map((link) => `${link.textContent} ${link.getAttribute("href")}`).join("; "),
    "mfcc source/lib/features/mfcc.ts.html#mfcc; HOP source/lib/a.ts.html#HOP",
  );
  strictEqual([...used.keys()].join(), "mfcc,HOP");
  strictEqual(textOf(html), 'ser.mfcc(x, ser.HOP); ser.unknown(); user.mfcc(); "<&"');
});
