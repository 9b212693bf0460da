import { deepStrictEqual, throws } from "node:assert/strict";
import { readNotebook } from "ser/site/notebook.ts";

const notebook = (...cells: unknown[]) => JSON.stringify({ nbformat: 4, nbformat_minor: 5, cells });

Deno.test("readNotebook() joins lines, leaves out raw cells, and keeps outputs in order", () => {
  const code = {
    cell_type: "code",
    source: ["a();\n", "b();"],
    outputs: [
      { output_type: "stream", name: "stdout", text: ["1\n"] },
      { output_type: "stream", name: "stdout", text: "\x1b[31m2\x1b[0m\n" },
      { output_type: "display_data", data: { "text/html": ["<b>", "x</b>"], "a/b+json": [1] } },
      { output_type: "error", ename: "RangeError", evalue: "Cannot", traceback: [] },
    ],
  };
  const raw = { cell_type: "raw", source: "---" };
  const text = { cell_type: "markdown", source: "# T" };
  deepStrictEqual(readNotebook(notebook(text, raw, code)), [
    { kind: "markdown", source: "# T" },
    {
      kind: "code",
      source: "a();\nb();",
      outputs: [
        { kind: "text", text: "1\n2\n" },
        { kind: "data", data: { "text/html": "<b>x</b>", "a/b+json": [1] } },
        { kind: "error", text: "RangeError: Cannot" },
      ],
    },
  ]);
});

Deno.test("readNotebook() refuses what is no notebook of nbformat 4", () => {
  throws(() => readNotebook('{"nbformat":3}', "x.ipynb"), {
    name: "SyntaxError",
    message: "Cannot read x.ipynb: expected a notebook of nbformat 4, received nbformat 3",
  });
  throws(() => readNotebook("{", "x.ipynb"), /^SyntaxError: Cannot read x.ipynb: expected JSON/);
});
