/** A notebook that tries everything to run on the page that is made of it. */
import { Buffer } from "node:buffer";
import { PLOTLY } from "ser/site/figures.ts";
import { notebookPage } from "ser/site/notebook_page.ts";
import { pageHtml } from "ser/site/page.ts";
import type { SiteFiles } from "ser/web/write.ts";

/** Whatever runs leaves its name here: `globalThis.ran`. */
const ran = (name: string) => `(globalThis.ran??=[]).push('${name}')`;
/** Whatever asks another server asks this one. */
export const FOREIGN = "https://foreign.example";

/** Markup that runs, loads from elsewhere, or covers the page. */
const MARKUP = [
  `<script>${ran("script")}</script>`,
  `<script src="${FOREIGN}/x.js"></script><script src="data:text/javascript,${
    ran("data")
  }"></script>`,
  `<img src="x.png" onerror="${ran("onerror")}">`,
  `<svg onload="${ran("svg")}"><script>${ran("svg script")}</script></svg>`,
  `<details open ontoggle="${ran("toggle")}">details</details>`,
  `<a id="bad" href="javascript:${ran("link")}">a link</a>`,
  `<a href="data:text/html,<script>${ran("data link")}</script>">a page as data</a>`,
  `<iframe srcdoc="<script>parent.${ran("frame")}</script>"></iframe>`,
  `<object data="data:text/html,<script>${ran("object")}</script>"></object>`,
  `<form action="${FOREIGN}"><button formaction="javascript:${ran("form")}">b</button></form>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${
    ran("mutation")
  }&gt;">`,
  `<img src="${FOREIGN}/x.png"><video poster="${FOREIGN}/x.png"></video><audio src="//foreign.example/a.wav"></audio>`,
  `<p style="background:url(${FOREIGN}/x.png)">a</p><p style="background:u\\72l(${FOREIGN}/y.png)">b</p>`,
  `<p style="position:fixed;inset:0;z-index:9;background:red" class="cover">over all</p>`,
  `<style>@import "${FOREIGN}/x.css"; main { display: none }</style>`,
  `<link rel="stylesheet" href="${FOREIGN}/x.css"><base href="${FOREIGN}/">`,
  `<meta http-equiv="refresh" content="0;url=${FOREIGN}">`,
  `<svg><rect fill="url(${FOREIGN}/x.svg#a)" width="9" height="9"></rect><image href="${FOREIGN}/x.png"></image></svg>`,
  `<img name="querySelector" src="data:image/png;base64,AA=="><a name="documentElement">x</a>`,
];

/** A figure of Plotly whose every text tries the same; Plotly reads some markup in texts. */
export const FIGURE = {
  data: [{
    type: "scatter",
    x: [1, 2],
    y: [1, 2],
    name: `<img src=x onerror="${ran("name")}">`,
    text: ['<a href="javascript:' + ran("hover") + '">h</a>', `<script>${ran("text")}</script>`],
    hovertemplate: `<span style="background:url(${FOREIGN}/h.png)" onclick="${
      ran("span")
    }">%{text}</span>`,
  }],
  layout: {
    width: 700,
    height: 300,
    showlegend: true,
    title: { text: `<a href="javascript:${ran("title")}">Title</a><svg onload="${ran("t")}">` },
    annotations: [{ text: `<img src=x onerror="${ran("note")}">`, x: 1, y: 1 }],
    images: [{ source: `${FOREIGN}/figure.png`, x: 0, y: 0, sizex: 1, sizey: 1 }],
  },
};

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/** A page that would run if it were opened as a file of the site. */
const DATA_PAGE = Buffer.from(`<script>${ran("file")}</script>`.padEnd(6000)).toString("base64");

/** The notebook as executed. */
export function hostileNotebook(figure: unknown = FIGURE): string {
  const outputs = [
    ...MARKUP.map((html) => ({ "text/html": html })),
    ...MARKUP.map((markdown) => ({ "text/markdown": markdown })),
    { "text/html": `<audio src="data:text/html;base64,${DATA_PAGE}"></audio>` },
    { "text/html": `<img src="data:image/svg+xml;base64,${DATA_PAGE}">` },
    { [PLOTLY]: figure, "image/png": PIXEL, "text/plain": `Figure: <b onclick="x">T</b> ["><x]` },
  ].map((data) => ({ output_type: "display_data", data }));
  const texts = [`# A <i onclick="${ran("heading")}">title</i>`, ...MARKUP, "[a](javascript:x)"];
  return JSON.stringify({
    nbformat: 4,
    cells: [
      ...texts.map((source) => ({ cell_type: "markdown", source })),
      { cell_type: "code", source: `"</code><script>${ran("code")}</script>"`, outputs },
      {
        cell_type: "code",
        source: "1",
        outputs: [{ output_type: "stream", text: `<script>${ran("print")}</script>` }],
      },
    ],
  });
}

/** Its page, and the files beside it. */
export function hostileSite(): SiteFiles {
  const files = new Set(["notebooks/bad.ipynb"]), executed = hostileNotebook();
  const { page, files: beside } = notebookPage(
    { name: "bad", source: executed, executed },
    { files, exports: new Map() },
  );
  return beside.set(page.path, pageHtml(page, { name: "Site", about: "", nav: [page] }));
}
