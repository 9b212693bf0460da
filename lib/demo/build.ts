/**
 * "Try your voice": a page that computes what the notebooks compute, with the same library, in the
 * browser. It needs no server and no network: it also opens as a file. @module
 */
import { dirname, fromFileUrl, join } from "@std/path";
import type { Page } from "../site/page.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { bundle, endBundling } from "../web/bundle.ts";
import { documentHtml } from "../web/document.ts";
import type { SiteFiles } from "../web/write.ts";
import { dataScript } from "./page/data.ts";
import { modelFiles, pageData } from "./sets.ts";

const HERE = dirname(fromFileUrl(import.meta.url));
/** The trained networks. */
const MODELS = join(PROJECT_ROOT, "data", "models");
const NAME = "Speech emotion recognition with attention";

/** The page as a page of the site: its place there, what it is called, its text. */
export async function demoPage(): Promise<Page> {
  const body = await Deno.readTextFile(join(HERE, "page.html"));
  const title = "Try your voice", names = ["demo", "microphone", "record your voice"];
  return { path: "demo/index.html", title, names, body, headings: [] };
}

/**
 * Makes the page's files, by their paths from its folder; `index.html` is the page.
 * @param inSite Whether the site stands in the folder around, to be linked to.
 */
export async function demoFiles(inSite: boolean): Promise<SiteFiles> {
  const files: SiteFiles = new Map(), page = await demoPage();
  try {
    files.set("demo.js", (await demoScript()).text);
    files.set("demo.css", (await bundle("lib/demo/styles/demo.css")).text);
  } finally {
    await endBundling();
  }
  const models = await modelFiles(MODELS);
  files.set("page.js", dataScript("page", await pageData([...models.keys()])));
  for (const [corpus, networks] of models) files.set(`${corpus}.js`, dataScript(corpus, networks));
  files.set("icon.svg", await Deno.readTextFile(join(HERE, "..", "web", "icon.svg")));
  const home = inSite
    ? `a class="name" href="../index.html">${NAME}</a`
    : `span class="name">${NAME}</span`;
  const html = documentHtml({
    title: `${page.title} – ${NAME}`,
    icon: "icon.svg",
    styles: "demo.css",
    script: "demo.js",
    body: `<header class="bar"><${home}></header>\n<main>\n${page.body}</main>`,
  });
  return files.set("index.html", html);
}

/** The page's script. TensorFlow.js's WebGL, a third of its size, stays out: the page computes on the CPU. */
export function demoScript() {
  return bundle("lib/demo/page/main.ts", {
    "@tensorflow/tfjs-backend-webgl": "lib/demo/page/no_webgl.ts",
  });
}
