import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { escapeHtml, html, Output, table } from "ser/notebook/output.ts";

Deno.test("table() aligns numbers right and text left, in HTML and in plain text", () => {
  const { bundle } = table([
    { corpus: "RAVDESS", paper: "77 %", n: 288, note: "8 classes" },
    { corpus: "SAVEE", paper: null, n: 96, note: "7 classes" },
  ], { caption: "Accuracy" });
  strictEqual(
    bundle["text/plain"],
    [
      "Accuracy",
      "corpus   paper    n  note",
      "RAVDESS   77 %  288  8 classes",
      "SAVEE            96  7 classes",
    ].join("\n"),
  );
  const source = String(bundle["text/html"]);
  match(source, /<caption>Accuracy<\/caption>/);
  match(source, /<td style="text-align:right">77 %<\/td>/);
  match(source, /<td style="text-align:left">8 classes<\/td>/);
});

Deno.test("table() takes bounds for numbers, and dashes where some row has one", () => {
  const { bundle } = table([{ p: "< 0.001", none: "–" }, { p: "–", none: "–" }, {
    p: "0.105",
    none: "–",
  }]);
  strictEqual(
    bundle["text/plain"],
    ["      p  none", "< 0.001  –", "      –  –", "  0.105  –"].join("\n"),
  );
});

Deno.test("table() escapes what would be markup", () => {
  match(String(table([{ a: '<b> & "c"' }]).bundle["text/html"]), /&lt;b&gt; &amp; &quot;c&quot;/);
  strictEqual(escapeHtml("a < b"), "a &lt; b");
});

Deno.test("table() refuses no rows and rows of other columns", () => {
  throws(() => table([]), { name: "RangeError", message: /at least 1 row, received 0/ });
  throws(() => table([{ a: 1, b: 2 }, { a: 1, c: 2 }]), {
    name: "RangeError",
    message: /expected the columns a, b in row 2, received a, c/,
  });
});

Deno.test("html() carries a text form", () => {
  strictEqual(html("<b>bold</b> move").bundle["text/plain"], "bold move");
});

Deno.test("Output tells the kernel its bundle as the value of a cell", () => {
  const output = new Output({ "text/plain": "x" }) as unknown as Record<symbol, () => unknown>;
  deepStrictEqual(output[Symbol.for("Jupyter.display")](), { "text/plain": "x" });
});
