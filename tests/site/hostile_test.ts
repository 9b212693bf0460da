import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { JSDOM } from "jsdom";
import { notebookPage } from "ser/site/notebook_page.ts";
import { FIGURE, FOREIGN, hostileNotebook, hostileSite } from "./hostile.ts";

const files = hostileSite(), html = String(files.get("bad.html"));

Deno.test("a hostile notebook's page has nothing that runs, were there no policy", () => {
  const { window } = new JSDOM(html, { runScripts: "dangerously" }); // knows no policies
  strictEqual((window as unknown as { ran?: string[] }).ran, undefined);
  const { document } = window;
  ok(document.documentElement.classList.contains("js")); // scripts do run here
  strictEqual(
    document.querySelectorAll("body script, iframe, object, embed, form, base").length,
    0,
  );
  const attributes = [...document.querySelectorAll("body *")].flatMap((element) =>
    [...element.attributes].map(({ name, value }) => `${name}=${value}`)
  );
  deepStrictEqual(attributes.filter((text) => /^on/i.test(text)), []);
  deepStrictEqual(attributes.filter((text) => /^\w+=\s*(javascript|data:text):?/i.test(text)), []);
  deepStrictEqual(attributes.filter((text) => /^name=/.test(text)), []);
});

Deno.test("a hostile notebook's page loads nothing from elsewhere and covers nothing", () => {
  const { document } = new JSDOM(html).window;
  for (const element of document.querySelectorAll("main *")) {
    for (const { name, value } of element.attributes) {
      ok(!value.includes("foreign.example"), `${element.nodeName} ${name}="${value}"`);
      ok(name !== "style" || !/position|\\/.test(value), value);
    }
  }
  strictEqual(document.querySelectorAll("main style, main link, main meta").length, 0);
  strictEqual(document.querySelector(".cover")!.textContent, "over all"); // its words stay
});

Deno.test("a hostile notebook's files are pictures and data, none of them a page", () => {
  const names = [...files.keys()].map((path) => path.replace(/.*\//, ""));
  deepStrictEqual(names.filter((name) => !/^(bad\.(ipynb|html)|\d+\.(png|js))$/.test(name)), []);
  const script = String([...files].find(([path]) => path.endsWith(".js"))![1]);
  ok(!script.includes(FOREIGN) && !/javascript:|onerror|onclick|onload|<script/.test(script));
});

Deno.test("a figure's size reaches the page as numbers alone", () => {
  for (const width of ['1;background:url("x")', '"><script>', -1, NaN, null, 1e9]) {
    const figure = { ...FIGURE, layout: { ...FIGURE.layout, width } };
    const executed = hostileNotebook(figure), tools = new Set(["notebooks/bad.ipynb"]);
    throws(
      () =>
        notebookPage({ name: "bad", source: executed, executed }, {
          files: tools,
          exports: new Map(),
        }),
      /^SyntaxError: Cannot show figure figures\/bad\/\d+: expected layout.width and layout.height in px, received/,
    );
  }
});
