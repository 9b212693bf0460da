import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { JSDOM } from "jsdom";
import { PLOTLY } from "ser/site/figures.ts";
import type { NotebookOutput, OutputData } from "ser/site/notebook.ts";
import { outputHtml } from "ser/site/outputs.ts";
import type { SiteFiles } from "ser/web/write.ts";

/** The output's HTML, and the files that came with it. */
function made(output: NotebookOutput): { html: string; files: SiteFiles } {
  const files: SiteFiles = new Map();
  let count = 0;
  const html = outputHtml(output, {
    files,
    nextId: () => `figures/x/${++count}`,
    markdown: (text) => `<p>${text}</p>`,
  });
  return { html, files };
}

const data = (data: OutputData) => made({ kind: "data", data });
const PIXEL = Buffer.from("a picture").toString("base64");
const FIGURE = {
  data: [{ type: "scatter", y: [1, 2] }],
  layout: { width: 720, height: 340, title: { text: "A < B" } },
  config: { displaylogo: false },
};
const BUNDLE = {
  [PLOTLY]: FIGURE,
  "image/png": PIXEL,
  "text/plain": "Figure: A < B [Time (s); Level (dB)]",
};

Deno.test("outputHtml() puts a figure's picture of the figure's size, with its title for those who cannot see", () => {
  const { html, files } = data(BUNDLE);
  const { document } = new JSDOM(html).window, image = document.querySelector("figure img")!;
  strictEqual(document.querySelector("figure")!.dataset.figure, "figures/x/1");
  deepStrictEqual(["width", "height", "src", "alt"].map((name) => image.getAttribute(name)), [
    "720",
    "340",
    "figures/x/1.png",
    "A < B. Axes: Time (s); Level (dB)",
  ]);
  strictEqual(Buffer.from(files.get("figures/x/1.png")!).toString(), "a picture");
});

Deno.test("outputHtml() hands the figure over as a script", () => {
  const { files } = data(BUNDLE);
  const calls: unknown[] = [];
  new Function("siteFigure", String(files.get("figures/x/1.js")))((...call: unknown[]) =>
    calls.push(call)
  );
  deepStrictEqual(calls, [["figures/x/1", { data: FIGURE.data, layout: FIGURE.layout }]]);
});

Deno.test("outputHtml() refuses a figure without a picture", () => {
  throws(() => data({ [PLOTLY]: FIGURE }), {
    name: "SyntaxError",
    message: "Cannot show figure figures/x/1: expected a PNG beside it, received none",
  });
});

Deno.test("outputHtml() takes the richest form, as JupyterLab does", () => {
  const forms = {
    "text/html": "<i>h</i>",
    "text/markdown": "m",
    "image/png": PIXEL,
    "text/plain": "p",
  };
  const order = [
    /<i>h<\/i>/,
    /<p>m<\/p>/,
    /<img src="figures\/x\/1.png"/,
    /<pre.*>p<\/pre>/,
  ];
  const names = Object.keys(forms);
  order.forEach((expected, index) => {
    const left = Object.fromEntries(
      Object.entries(forms).filter(([name]) => names.indexOf(name) >= index),
    );
    match(data(left).html, expected);
  });
});

Deno.test("outputHtml() escapes what was printed, and shows checks and errors as such", () => {
  match(
    made({ kind: "text", text: "a <b> & c\n✓ held\n" }).html,
    /a &lt;b&gt; &amp; c\n<span class="held">✓ held<\/span>/,
  );
  match(
    made({ kind: "error", text: "RangeError: <x>" }).html,
    /class="printed error">RangeError: &lt;x&gt;/,
  );
  strictEqual(made({ kind: "text", text: "\n" }).html, "");
});

Deno.test("outputHtml() makes files of long sounds, so that the page is small", () => {
  const sound = Buffer.alloc(9000, 7).toString("base64");
  const player = (base64: string) =>
    `<div>anger (9 KB)<br><audio controls="" src="data:audio/flac;base64,${base64}"></audio></div>`;
  const { html, files } = data({ "text/html": player(sound) });
  match(html, /<audio aria-label="anger \(9 KB\)" controls="" src="figures\/x\/1.flac">/);
  strictEqual(Buffer.from(files.get("figures/x/1.flac")!).length, 9000);
  match(data({ "text/html": player("AAAA") }).html, /src="data:audio/);
});

Deno.test("outputHtml() plays what may be passed on, and nothing else", () => {
  const player = (address: string) =>
    data({
      "text/html":
        `<div>a<br><audio controls preload="none" src="${address}" title="b"></audio></div>`,
    }).html;
  match(player("../data/emodb/03a01Wa.flac"), / src="files\/data\/emodb\/03a01Wa.flac"/);
  for (
    const other of [
      "../data/ravdess/x.wav",
      "http://127.0.0.1:4000/x.wav",
      "../data/emodb/../savee/x.wav",
    ]
  ) {
    match(player(other), /<em>to be heard in the notebook, with the corpus<\/em>/);
  }
});
