import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { pageLink, relativeUrl, sitePath } from "ser/site/links.ts";

const files = new Set([
  "README.md",
  "LICENSE",
  "notebooks/index.ipynb",
  "notebooks/03_lstm.ipynb",
  "notebooks/glossary.md",
  "outputs/03_lstm.ipynb",
  "lib/layers/lstm.ts",
  "tests/layers/lstm_test.ts",
]);

Deno.test("sitePath() has a place for each kind of file, and none for what is not there", () => {
  const paths = [
    "README.md",
    "notebooks/glossary.md",
    "notebooks/index.ipynb",
    "tests",
    "notebooks/03_lstm.ipynb",
    "lib/layers/lstm.ts",
    "lib/layers/",
    "LICENSE",
    "outputs",
    "lib/x.ts",
  ];
  deepStrictEqual(paths.map((path) => sitePath(path, files)), [
    "project.html",
    "glossary.html",
    "start.html",
    "source/tests/index.html",
    "03_lstm.html",
    "source/lib/layers/lstm.ts.html",
    "source/lib/layers/index.html",
    "files/LICENSE",
    undefined,
    undefined,
  ]);
});

Deno.test("pageLink() leads from a notebook's page to where its links lead in the project", () => {
  const from = { document: "notebooks/03_lstm.ipynb", page: "03_lstm.html", files };
  const links = [
    "03_lstm.ipynb",
    "../outputs/03_lstm.ipynb#Results",
    "../lib/layers/",
    "../LICENSE",
    "#x",
    "https://a.example/b",
    "mailto:a@b.example",
  ];
  deepStrictEqual(links.map((link) => pageLink(link, from)), [
    "03_lstm.html",
    "03_lstm.html#results",
    "source/lib/layers/index.html",
    "files/LICENSE",
    "#x",
    "https://a.example/b",
    "mailto:a@b.example",
  ]);
});

Deno.test("pageLink() refuses a link that leads nowhere", () => {
  const from = { document: "notebooks/03_lstm.ipynb", page: "03_lstm.html", files };
  throws(() => pageLink("../lib/gone.ts", from), {
    name: "NotFound",
    message:
      'Cannot make the site: expected a file of the project, received a link to "../lib/gone.ts" in notebooks/03_lstm.ipynb',
  });
});

Deno.test("relativeUrl() resolves, by the URL standard, to the file meant", () => {
  for (const from of ["a.html", "source/lib/index.html", "source/lib/x/y.ts.html"]) {
    for (const to of ["index.html", "assets/site.css", "source/lib/x/z.html"]) {
      strictEqual(
        new URL(relativeUrl(from, to), `file:///site/${from}`).href,
        `file:///site/${to}`,
      );
    }
  }
});
