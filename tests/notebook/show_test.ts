import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { table } from "ser/notebook/output.ts";
import { figureText, show } from "ser/notebook/show.ts";
import { waveformFigure } from "ser/plots/signal.ts";
import { fakeJupyter } from "./fake_jupyter.ts";

const figure = waveformFigure([0, 0.5, -0.5, 0], 8000, { title: "A click" });

Deno.test("show() sends a figure as Plotly, PNG and one line of text, without HTML", async () => {
  const { jupyter, sent } = fakeJupyter();
  await show(figure, { jupyter });
  const [{ bundle, options }] = sent;
  deepStrictEqual(options, { raw: true });
  deepStrictEqual(Object.keys(bundle), [
    "application/vnd.plotly.v1+json",
    "image/png",
    "text/plain",
  ]);
  deepStrictEqual(bundle["application/vnd.plotly.v1+json"], {
    ...figure,
    config: { displaylogo: false },
  });
  ok((bundle["image/png"] as string).startsWith("iVBORw0KGgo")); // the signature of PNG in base64
  strictEqual(bundle["text/plain"], "Figure: A click [Time (s); Amplitude]");
});

Deno.test("show() sends text as Markdown and outputs as they are", async () => {
  const { jupyter, sent } = fakeJupyter(), rows = table([{ n: 1 }]);
  await show("*n*", { jupyter });
  await show(rows, { jupyter });
  deepStrictEqual(sent.map(({ bundle }) => bundle), [
    { "text/markdown": "*n*", "text/plain": "*n*" },
    rows.bundle,
  ]);
});

Deno.test("show() refuses more than 1 MB and says what is large", async () => {
  const { jupyter, sent } = fakeJupyter();
  const error = {
    name: "RangeError",
    message: /at most 1000 kB, received 1200 kB \(text\/markdown 600 kB, text\/plain 600 kB\)/,
  };
  await rejects(show("x".repeat(600_000), { jupyter }), error);
  deepStrictEqual(sent, []);
});

Deno.test("show() prints the text form in a plain script", async () => {
  const printed: string[] = [], print = (text: string) => void printed.push(text);
  await show(figure, { print });
  await show("*n*", { print });
  deepStrictEqual(printed, ["Figure: A click [Time (s); Amplitude]", "*n*"]);
});

Deno.test("figureText() names each axis once", () => {
  const axis = { title: { text: "Epoch" } };
  const layout = { width: 1, height: 1, xaxis: axis, xaxis2: axis, yaxis: {} };
  strictEqual(figureText({ data: [], layout }), "Figure: untitled [Epoch]");
});
