/**
 * "Try your voice": a page that computes what the notebooks compute, with the same library, in the
 * browser. It needs no server and no network: it also opens as a file. @module
 */
import * as esbuild from "esbuild";
import { dirname, fromFileUrl, join } from "@std/path";
import { exists, PROJECT_ROOT, writeFileAtomic } from "../support/files.ts";
import { dataScript } from "./page/data.ts";
import { modelFiles, pageData } from "./sets.ts";

const HERE = dirname(fromFileUrl(import.meta.url));
/** Browsers that know `light-dark()`, from 2024 on. */
const TARGET = ["chrome123", "firefox125", "safari17.5"];

/** The trained networks. */
const MODELS = join(PROJECT_ROOT, "data", "models");

/** A file of the page. */
export interface DemoFile {
  /** Path from the page's folder. */
  path: string;
  bytes: number;
}

/**
 * Builds the page.
 * @param folder Where; `index.html` there is the page.
 * @returns The files that were written.
 */
export async function buildDemo(folder: string): Promise<DemoFile[]> {
  const files = new Map<string, string | Uint8Array>();
  try {
    files.set("demo.js", await bundle("page/main.ts"));
    files.set("demo.css", await bundle("styles/demo.css"));
  } finally {
    await esbuild.stop();
  }
  const models = await modelFiles(MODELS);
  files.set("page.js", dataScript("page", await pageData([...models.keys()])));
  for (const [corpus, networks] of models) files.set(`${corpus}.js`, dataScript(corpus, networks));
  files.set("index.html", await page(folder));
  for (const name of ["early.js", "icon.svg"]) {
    files.set(name, await Deno.readTextFile(join(HERE, name)));
  }
  const written: DemoFile[] = [];
  for (const [path, content] of files) {
    await writeFileAtomic(join(folder, path), content);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    written.push({ path, bytes: bytes.length });
  }
  return written;
}

/** The page with a link to the site around it, if there is one. */
async function page(folder: string): Promise<string> {
  const html = await Deno.readTextFile(join(HERE, "index.html"));
  const name = "Speech emotion recognition with attention";
  const home = await exists(join(folder, "..", "index.html"))
    ? `<a class="name" href="../index.html">${name}</a>`
    : `<span class="name">${name}</span>`;
  return html.replace("<!-- home -->", home);
}

/** One file out of an entry and all that it imports. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(HERE, entry)],
    bundle: true,
    minify: true,
    write: false,
    target: TARGET,
    format: entry.endsWith(".ts") ? "iife" : undefined,
    nodePaths: [join(HERE, "..", "..", "node_modules")],
    alias: { "@tensorflow/tfjs-backend-webgl": join(HERE, "page", "no_webgl.ts") },
    logLevel: "error",
  });
  return outputFiles[0].text;
}
